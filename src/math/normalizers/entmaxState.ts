import { distances, linearPeak, powerPeak } from './powerThreshold.ts'

/** What forward, derivative and loss of entmax share; alpha is neither 1 nor 2. */
export interface EntmaxState {
  readonly y: Float64Array
  readonly max: number
  /** y_max^{α−1}: what the largest logit has left above the threshold, in the scale (α−1)·x. */
  readonly w: number
  /** λ in y = [1 + (α−1)(x − max − λ)]₊^{1/(α−1)}; tends to logsumexp(x − max) as α → 1. */
  readonly lambda: number
  readonly rounds: number
}

export function entmaxState(x: ArrayLike<number>, alpha: number): EntmaxState {
  return alpha > 2 ? steepState(x, alpha - 1) : powerState(x, alpha - 1)
}

/**
 * α < 2. The weights are taken relative to the largest, rᵢ = (uᵢ/w)^{1/β} = exp(log1p(dᵢ/w)/β), d = β(x − max), and
 * divided by their sum: w enters only through d/w, so that nothing is lost as β → 0, where r → exp(x − max).
 */
function powerState(x: ArrayLike<number>, beta: number): EntmaxState {
  const p = 1 / beta
  const found = distances(x, beta)
  const { max } = found
  const { w, rounds } = powerPeak(found, p)
  const y = new Float64Array(x.length)
  let sum = 0
  for (let i = 0; i < y.length; i++) {
    const ratio = (beta * (x[i]! - max)) / w
    if (ratio <= -1) continue
    const u = 1 + ratio
    sum += y[i] = p === 2 ? u * u : Math.exp(p * Math.log1p(ratio))
  }
  for (let i = 0; i < y.length; i++) y[i]! /= sum
  // 1/Σr is the largest weight, w = (Σr)^{−β} and λ = (1 − w)/β.
  return { y, max, w, lambda: -Math.expm1(-beta * Math.log(sum)) / beta, rounds }
}

/**
 * α > 2. As a function of the threshold the sum has an infinite slope wherever an entry enters, and the least weight is
 * the root of a difference. So the support is found first, and the unknown is its least weight v: with gᵢ ≥ 0 the
 * distance of entry i above the least one, yᵢ = (v^β + gᵢ)^{1/β} is convex in v with slope in [0, 1].
 */
function steepState(x: ArrayLike<number>, beta: number): EntmaxState {
  // 1/β < 1 makes every weight larger than sparsemax would, at the same threshold: the support is within sparsemax's.
  const found = distances(x, beta)
  const outer = linearPeak(found)
  const inside = found.d.slice(0, found.count).filter((distance) => distance > -outer.w * (1 + 1e-12))
  const sorted = inside.sort().reverse()
  const least = sorted[supportSize(sorted, 1 / beta) - 1]!
  const { v, rounds } = leastWeight(sorted, least, beta)
  const y = new Float64Array(x.length)
  for (let i = 0; i < y.length; i++) {
    const gap = beta * (x[i]! - found.max) - least
    if (gap >= 0) y[i] = weightAbove(v, gap, beta)
  }
  const w = v ** beta - least
  return { y, max: found.max, w, lambda: (1 - w) / beta, rounds: outer.rounds + rounds }
}

/** The largest k with Σ_{i<k} (dᵢ − d_k)^p < 1, d falling: at the threshold d_k the better entries do not use up 1. */
function supportSize(sorted: Float64Array, p: number): number {
  const fits = (k: number) => {
    let sum = 0
    for (let i = 0; i < k && sum < 1; i++) sum += (sorted[i]! - sorted[k - 1]!) ** p
    return sum < 1
  }
  let low = 1
  let high = 2
  while (high <= sorted.length && fits(high)) [low, high] = [high, 2 * high]
  high = Math.min(high, sorted.length + 1)
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (fits(middle)) low = middle
    else high = middle
  }
  return low
}

/** Newton's method from the right on the convex Σ yᵢ(v) − 1, slope between 1 and k: falls to the root, see powerPeak. */
function leastWeight(sorted: Float64Array, least: number, beta: number): { v: number; rounds: number } {
  const k = sorted.lastIndexOf(least) + 1
  let v = 1 / k
  for (let rounds = 1; ; rounds++) {
    let sum = 0
    let slope = 0
    for (let i = 0; i < k; i++) {
      const weight = weightAbove(v, sorted[i]! - least, beta)
      sum += weight
      slope += (v / weight) ** (beta - 1)
    }
    const next = v - (sum - 1) / slope
    if (!(next < v && next > 0) || rounds === 100) return { v, rounds }
    v = next
  }
}

/** (v^β + gap)^{1/β}, written so that neither power under- or overflows. */
function weightAbove(v: number, gap: number, beta: number): number {
  if (gap === 0) return v
  const power = v ** beta
  return gap > power
    ? Math.exp((Math.log(gap) + Math.log1p(power / gap)) / beta)
    : v * Math.exp(Math.log1p(gap / power) / beta)
}
