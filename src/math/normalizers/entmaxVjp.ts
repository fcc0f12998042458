import { type EntmaxState, entmaxState } from './entmaxState.ts'
import { softmax, softmaxVjp } from './softmax.ts'
import { sparsemax, sparsemaxVjp } from './sparsemax.ts'

/**
 * Jᵀc of entmax with J = diag(s) − s sᵀ / Σs, s = y^{2−α} on the support and 0 off it:  s ∘ (c − ⟨s, c⟩ / Σs).
 * At a kink, (α−1) xᵢ = τ, entry i counts as off the support. Above α = 2 the entries of J grow without bound as a weight
 * nears 0. Shapes [n].
 */
export function entmaxVjp(x: ArrayLike<number>, c: ArrayLike<number>, alpha: number): Float64Array {
  if (alpha === 1) return softmaxVjp(x, c)
  if (alpha === 2) return sparsemaxVjp(x, c)
  const state = entmaxState(x, alpha)
  return alpha > 2 ? steepVjp(state.y, c, alpha) : smoothVjp(x, c, alpha - 1, state)
}

/** α < 2: s = y/u with u = y^{α−1} = w + (α−1)(x − max), which saves a power an entry. */
function smoothVjp(x: ArrayLike<number>, c: ArrayLike<number>, beta: number, { y, max, w }: EntmaxState): Float64Array {
  const s = y
  let total = 0
  let mean = 0
  for (let i = 0; i < s.length; i++) {
    if (s[i]! <= 0) continue
    s[i]! /= w + beta * (x[i]! - max)
    total += s[i]!
    mean += s[i]! * c[i]!
  }
  mean /= total
  for (let i = 0; i < s.length; i++) s[i] = s[i]! > 0 ? s[i]! * (c[i]! - mean) : 0
  return s
}

/**
 * For α > 2 the least weight has the largest s, which may swamp every other and overflow. Cotangents are therefore taken
 * from that entry's, and its own derivative from Σ Jᵀc = 0.
 */
function steepVjp(y: Float64Array, c: ArrayLike<number>, alpha: number): Float64Array {
  let least = -1
  for (let i = 0; i < y.length; i++) if (y[i]! > 0 && (least < 0 || y[i]! < y[least]!)) least = i
  const smallest = y[least]!
  const origin = c[least]!
  let total = 0
  let mean = 0
  for (let i = 0; i < y.length; i++) {
    if (y[i]! <= 0) continue
    const share = (smallest / y[i]!) ** (alpha - 2)
    total += share
    mean += share * (c[i]! - origin)
  }
  mean /= total
  const out = new Float64Array(y.length)
  let rest = 0
  for (let i = 0; i < y.length; i++) {
    if (y[i]! <= 0 || i === least) continue
    const s = y[i]! ** (2 - alpha)
    out[i] = s * (c[i]! - origin - mean)
    rest += s * (c[i]! - origin)
  }
  // mean · s_least = Σ sᵢ(cᵢ − c_least) / Σ (sᵢ / s_least)
  out[least] = 0 - rest / total
  return out
}

/**
 * ⟨c, ∂y/∂α⟩ = −Σ (Jᵀc)ᵢ (log yᵢ)² G((α−1) log yᵢ) over the support, with G(L) = (1 + (L − 1)e^L) / L², G(0) = 1/2.
 * This is the known ∂y/∂α = (y − ŝ)/(α−1)² − (y log y − ŝ Σ y log y)/(α−1), ŝ = s/Σs, without its 0/0 at α = 1: both are
 * the derivative of y = [1 + (α−1)(x − λ)]^{1/(α−1)} along the simplex. Source: Correia et al. 2019, arXiv:1909.00015.
 */
export function entmaxAlphaVjp(x: ArrayLike<number>, c: ArrayLike<number>, alpha: number): number {
  const y = alpha === 1 ? softmax(x) : alpha === 2 ? sparsemax(x) : entmaxState(x, alpha).y
  const perLogit = entmaxVjp(x, c, alpha)
  let sum = 0
  for (let i = 0; i < y.length; i++) {
    if (y[i]! <= 0) continue
    const log = Math.log(y[i]!)
    sum -= perLogit[i]! * log * log * curvature((alpha - 1) * log)
  }
  return sum
}

/** G(L) = (1 + (L − 1)e^L) / L² = Σ L^k (k+1)/(k+2)!; the series where the closed form cancels. */
function curvature(L: number): number {
  if (Math.abs(L) > 0.5) return (1 + (L - 1) * Math.exp(L)) / (L * L)
  let sum = 0
  let factor = 0.5
  // (k+1)/(k+2)! ≤ 2^{-k}/2 and |L| ≤ 1/2: sixteen terms reach 1e-17 of the first.
  for (let k = 0; k < 16; k++) {
    sum += factor * (k + 1)
    factor *= L / (k + 3)
  }
  return sum
}
