import { powerSums, squaringSums, type SumPowers } from './powerSums.ts'

/** Entries that can have weight: dᵢ = scale · (xᵢ − max); those above −1 if scale > 0, all of them if scale < 0. */
export interface Distances {
  readonly max: number
  /** The first `count` are valid, in no order; a search reorders them. */
  readonly d: Float64Array
  readonly count: number
}

export interface Peak {
  /** What the largest logit has left above the threshold, in the scale of d. */
  readonly w: number
  /** How often the entries were summed. */
  readonly rounds: number
}

/** What a sparse map cuts at, in the scale its formula states. */
export interface Threshold {
  readonly tau: number
  /** How many weights are positive. */
  readonly support: number
  /** Rounds of the search: how often the candidates were summed. */
  readonly rounds: number
}

/** A guard: above every bound that {@link powerPeak} proves. */
const maxRounds = 120
/** An error of w below this, relative, drowns in the rounding of w + dᵢ. */
const lastBit = 2e-16
/** Exponents up to 2^maxSquarings are squarings; beyond, the map is nearly softmax and starts well by itself. */
const maxSquarings = 10

/** max over x without a spread call: rows have up to a million entries. −∞ if n = 0. */
export function maximum(x: ArrayLike<number>): number {
  let max = -Infinity
  for (let i = 0; i < x.length; i++) if (x[i]! > max) max = x[i]!
  return max
}

export function distances(x: ArrayLike<number>, scale: number): Distances {
  const n = x.length
  const max = maximum(x)
  const d = new Float64Array(n)
  const floor = scale > 0 ? -1 : -Infinity
  let count = 0
  for (let i = 0; i < n; i++) {
    const distance = scale * (x[i]! - max)
    if (distance > floor) d[count++] = distance
  }
  return { max, d, count }
}

/**
 * Σ [w + dᵢ]₊ = 1 by Newton's method, which on this piecewise linear function is Michelot's algorithm: solve on the
 * present support, drop what fell off it, stop when nothing did. The rounds are bounded as in {@link powerPeak}.
 * Expected O(count). Source: Michelot 1986, doi:10.1007/BF00938486.
 */
export function linearPeak({ d, count }: Distances): Peak {
  let w = 1
  for (let rounds = 1, size = count, solvedFor = -1; ; rounds++) {
    let left = 0
    let sum = 0
    for (let i = 0; i < size; i++) {
      const distance = d[i]!
      const u = w + distance
      if (u <= 0) continue
      d[i] = d[left]!
      d[left++] = distance
      sum += u
    }
    // The last round, on an unchanged support, takes out the rounding of the sums before it, which were larger.
    w -= (sum - 1) / left
    if (left === solvedFor || rounds === maxRounds) return { w, rounds }
    size = solvedFor = left
  }
}

/**
 * The peak w with Σ [w + dᵢ]₊^P = 1: the threshold search of entmax (P = 1/(α−1)) and normmax (P = α/(α−1)).
 *
 * Newton's and Halley's method on the P-norm h(w) = ‖[w + d]₊‖_P − 1 from w = 1. For P ≥ 1, h is convex and increasing
 * (for P < 0 concave), so Newton's iterates fall towards the root and need no bracket. Halley's step is longer; from the
 * first one that oversteps, only Newton's are taken. For a convex h, hₖ₊₁/hₖ + h′ₖ₊₁/h′ₖ ≤ 1, so h·h′ falls by a factor of
 * 4 a round, and 1 ≤ h′ ≤ n^{1/P}: at most (53 + 2 log₂ n)/2 rounds before an overstep and again after it, 94 for a
 * million entries. Two to five are usual.
 * @param P  ≥ 1 with d ≤ 0, or < 0 with d ≥ 0
 */
export function powerPeak(distances: Distances, P: number): Peak {
  const { d, count } = distances
  const squarings = Math.ceil(Math.log2(P))
  if (P === 1) return linearPeak(distances)
  if (P > 1 && P === 2 ** squarings) return search(d, count, P, squaringSums, 1)
  if (!(P > 1 && squarings <= maxSquarings)) return search(d, count, P, powerSums, 1)
  // u ≤ 1, so the root for a larger exponent is an upper bound: squarings find one, few entries are left to pay for exp
  // and log. Newton alone keeps to the safe side; squaring multiplies the rounding of u by P, hence the margin.
  const above = search(d, count, 2 ** squarings, squaringSums, 1, 1e-2)
  const bound = above.w * (1 + 1e-12)
  let left = 0
  for (let i = 0; i < count; i++) if (bound + d[i]! > 0) d[left++] = d[i]!
  const { w, rounds } = search(d, left, P, powerSums, bound)
  return { w, rounds: above.rounds + rounds }
}

/** With a `tolerance`: Newton's steps only, so that the answer stays an upper bound, until one is smaller. */
function search(d: Float64Array, count: number, P: number, sums: SumPowers, start: number, tolerance = 0): Peak {
  const direction = Math.sign(P)
  // u^P has no higher derivative at u = 0 than P: an entry that drops out within a step δ changes h by up to δ^P.
  const smooth = (order: number) => (P > 0 ? Math.min(P - 1, order) : order)
  const out = { sum: 0, slope: 0, curve: 0 }
  let newton = tolerance > 0
  let w = start
  for (let rounds = 1, size = count; ; rounds++) {
    const left = sums(d, size, P, w, out)
    const { sum, slope, curve } = out
    const step = (sum * -Math.expm1(-Math.log(sum) / P)) / slope
    if (step * direction > 0) size = left
    // A second step back from Newton's side of the root is rounding.
    else if (newton) return { w, rounds }
    // Beyond the root: entries that were dropped on the way may have to come back, so size stays.
    else newton = true
    const bend = (((P - 1) * (sum * curve - slope * slope)) / (2 * sum * slope)) * step
    const taken = newton || !(bend < 0.5) ? step : step / (1 - bend)
    const next = w - taken
    // What the step leaves: of second order after Newton's, of third after Halley's.
    const bends = newton ? Math.abs(bend) : bend * bend
    const error = Math.abs(taken) * (bends + Math.abs((P * taken) / w) ** smooth(newton ? 1 : 2))
    w = next
    if (error <= Math.max(lastBit, tolerance) * w || rounds === maxRounds) return { w, rounds }
  }
}
