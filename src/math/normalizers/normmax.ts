import { defineNormalizer, type Loss } from './contract.ts'
import { distances, powerPeak } from './powerThreshold.ts'

/**
 * Normmax: the weights that maximise expected logit minus their α-norm.
 *   y = argmax_{p ∈ Δ} ⟨p, x⟩ − ‖p‖_α  ∝  [x − τ]₊^{1/(α−1)},  with τ such that Σ [x − τ]₊^{α/(α−1)} = 1
 * @param x      logits, shape [n], n ≥ 1, finite
 * @param alpha  > 1; towards 1 one-hot, towards ∞ equal weights on a support
 * @returns      y, shape [n], sums to 1; an entry 1 or more below the largest is exactly 0 at every alpha
 * Expected O(n). Source: Blondel, Martins & Niculae 2020, arXiv:1901.02324.
 */
export function normmax(x: ArrayLike<number>, alpha: number): Float64Array {
  return normmaxState(x, alpha).y
}

interface NormmaxState {
  readonly y: Float64Array
  /** max − τ. */
  readonly w: number
  readonly max: number
}

function normmaxState(x: ArrayLike<number>, alpha: number): NormmaxState {
  const found = distances(x, 1)
  const { max } = found
  const { w } = powerPeak(found, alpha / (alpha - 1))
  const y = new Float64Array(x.length)
  let sum = 0
  for (let i = 0; i < y.length; i++) {
    const ratio = (x[i]! - max) / w
    if (ratio > -1) sum += y[i] = Math.exp(Math.log1p(ratio) / (alpha - 1))
  }
  for (let i = 0; i < y.length; i++) y[i]! /= sum
  return { y, w, max }
}

/**
 * Jᵀc with J = diag(g) − g yᵀ − y gᵀ + (Σg) y yᵀ, g = y / ((α−1)(x − τ)):  g ∘ c̃ − ⟨g, c̃⟩ y,  c̃ = c − ⟨c, y⟩.
 * Shapes [n].
 */
export function normmaxVjp(x: ArrayLike<number>, c: ArrayLike<number>, alpha: number): Float64Array {
  const { y, w, max } = normmaxState(x, alpha)
  let mean = 0
  for (let i = 0; i < y.length; i++) mean += y[i]! * c[i]!
  const out = new Float64Array(y.length)
  let sum = 0
  for (let i = 0; i < y.length; i++) {
    const u = x[i]! - max + w
    if (y[i]! > 0 && u > 0) sum += out[i] = (y[i]! / ((alpha - 1) * u)) * (c[i]! - mean)
  }
  for (let i = 0; i < y.length; i++) out[i]! -= sum * y[i]!
  return out
}

/**
 * Normmax loss at a one-hot target k: 1 − ‖y‖_α + ⟨y − e_k, x⟩, gradient y − e_k.
 * The norm scales with p, so ⟨y, x⟩ − ‖y‖_α = τ and the value is 1 + τ − x_k: 0 when x_k leads by 1 or more.
 */
export function normmaxLoss(x: ArrayLike<number>, target: number, alpha: number): Loss {
  const { y, w, max } = normmaxState(x, alpha)
  y[target]! -= 1
  return { value: 1 - w + (max - x[target]!), grad: y }
}

export const normmaxNormalizer = defineNormalizer({
  id: 'normmax',
  label: 'normmax',
  family: 'sparse',
  summary: 'Keeps entries within 1 of the best, and at high alpha gives all of them nearly the same.',
  params: {
    alpha: {
      kind: 'number',
      symbol: String.raw`\alpha`,
      label: 'alpha',
      about: 'Near 1 the winner takes all; high, the support shares equally.',
      default: 2,
      range: [1.1, 10],
      scale: 'log',
      domain: { above: 1 },
    },
  },
  formula: String.raw`y_i \propto [x_i - \tau]_+^{1/(\alpha-1)}, \quad \textstyle\sum_j [x_j - \tau]_+^{\alpha/(\alpha-1)} = 1`,
  sources: [
    {
      cite: 'Blondel, Martins & Niculae 2020',
      title: 'Learning with Fenchel-Young Losses',
      where: 'arXiv:1901.02324',
    },
  ],
  laws: () => [
    'sums-to-one',
    'nonnegative',
    'shift-invariant',
    'keeps-order',
    'exact-zeros',
    'permutes',
    'symmetric-jacobian',
  ],
  forward: (x, { alpha }) => normmax(x, alpha),
  vjp: (x, c, { alpha }) => normmaxVjp(x, c, alpha),
  loss: { label: 'normmax loss', evaluate: (x, target, { alpha }) => normmaxLoss(x, target, alpha) },
})
