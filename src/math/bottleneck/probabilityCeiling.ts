import { rowOf, zeros, type Matrix } from '../linalg/matrix.ts'
import { powerNear } from '../linalg/powerNear.ts'
import { dot } from '../linalg/products.ts'
import { solve } from '../linalg/solve.ts'
import { softmax } from '../normalizers/softmax.ts'
import type { OutputTokens } from './outputTokens.ts'

export interface ProbabilityCeiling {
  /** The largest probability that any hidden state gives the token. */
  readonly probability: number
  /** The state that gives it, shape [d]; for a token on a face of the hull the value is only approached, far out. */
  readonly hidden: Float64Array
  /** Whether the search ended because nothing more was to be gained; else `probability` is a state's, not the ceiling. */
  readonly isConverged: boolean
}

const steps = 200
/** What a step may still promise, in nats, at the end. */
const promised = 1e-12
/** Biases reach their size in so many doublings at most. */
const mostDoublings = 60

/**
 * The most that a token can ever get: sup over h of softmax(W h + b) at the token, by damped Newton steps on its
 * logarithm, which is concave. For a token inside the hull of the others the supremum is attained.
 * Where biases differ by much, the search begins with small ones and follows the best state as they grow.
 * O(V d²) a step.
 */
export function probabilityCeiling(tokens: OutputTokens, token: number): ProbabilityCeiling {
  const spread = Math.log2(powerNear(tokens.evenBias) / tokens.biasFactor)
  const doublings = tokens.isBiased ? Math.min(Math.max(spread, 0), mostDoublings) : 0
  let best = { state: new Float64Array(tokens.dimension), value: -Infinity, isConverged: false }
  for (let k = doublings; k >= 0; k--) {
    const bias = tokens.evenBias.map((b) => (b / tokens.biasFactor) * 2 ** -k)
    best = ascend({ tokens, token, bias }, k === doublings ? best.state : best.state.map((x) => 2 * x))
  }
  const hidden = tokens.toGiven(best.state.map((x) => x * tokens.biasFactor)).hidden
  return { probability: Math.exp(best.value), hidden, isConverged: best.isConverged }
}

/**
 * A ceiling that needs no search: if w = Σ λⱼ wⱼ and b ≤ Σ λⱼ bⱼ then p ≤ Π pⱼ^λⱼ, and with Σ pⱼ ≤ 1 − p that is at most
 * e^−H / (1 + e^−H), H the entropy of λ in nats. Never above ½.
 * @param lambda  weights that enclose the token: ≥ 0, sum 1
 */
export function entropyCeiling(lambda: ArrayLike<number>): number {
  let entropy = 0
  for (let k = 0; k < lambda.length; k++) if (lambda[k]! > 0) entropy -= lambda[k]! * Math.log(lambda[k]!)
  return Math.exp(-entropy) / (1 + Math.exp(-entropy))
}

/** ln softmax(W′ g + b) at the token, as a function of g. */
interface Problem {
  readonly tokens: OutputTokens
  readonly token: number
  readonly bias: Float64Array
}

/** A state, and how far each logit is above the token's: from differences of rows, which stay exact far out. */
interface Point {
  readonly state: Float64Array<ArrayBuffer>
  readonly above: Float64Array
  /** ln p of the token; loses no digits when that is near 1. */
  readonly value: number
  /** What of it may be rounding. */
  readonly rounding: number
}

function ascend(problem: Problem, start: Float64Array<ArrayBuffer>) {
  let point = pointAt(problem, start)
  let slope = Infinity
  for (let step = 0; step < steps; step++) {
    const { gradient, curvature } = derivatives(problem, point)
    const direction = solve(curvature, gradient)
    slope = dot(direction, gradient)
    if (!(slope > 1e-16)) break
    const next = lineSearch(problem, point, direction, slope)
    if (next === null) break
    point = next
  }
  return { ...point, isConverged: slope <= promised + 16 * point.rounding }
}

function pointAt({ tokens, token, bias }: Problem, state: Float64Array<ArrayBuffer>): Point {
  const { count, dimension, weights, columnFactors } = tokens
  const scaled = state.map((x, k) => x * columnFactors[k]!)
  const own = rowOf(weights, token)
  const above = new Float64Array(count)
  const sizes = new Float64Array(count)
  for (let j = 0; j < count; j++) {
    const row = rowOf(weights, j)
    let sum = bias[j]! - bias[token]!
    let size = Math.abs(sum)
    for (let k = 0; k < dimension; k++) {
      const term = (row[k]! - own[k]!) * scaled[k]!
      sum += term
      size += Math.abs(term)
    }
    above[j] = sum
    sizes[j] = size
  }
  const top = above.reduce((max, x) => Math.max(max, x), -Infinity)
  let [total, size] = [0, 0]
  for (let j = 0; j < count; j++) {
    const share = Math.exp(above[j]! - top)
    total += share
    size += share * sizes[j]!
  }
  const value = -top - Math.log(total)
  return { state, above, value, rounding: Number.EPSILON * (1 + size / total) }
}

/**
 * Gradient wᵢ − Σ pⱼ wⱼ and the covariance of the rows under p, its diagonal a hair larger for directions that are flat:
 * each in its own measure, or one that tokens differ in by little would seem flat.
 */
function derivatives({ tokens, token }: Problem, { above }: Point) {
  const { count, dimension, weights, columnFactors } = tokens
  const p = softmax(above, 1)
  const own = rowOf(weights, token)
  const mean = new Float64Array(dimension)
  const difference = new Float64Array(dimension)
  for (let j = 0; j < count; j++) {
    const row = rowOf(weights, j)
    for (let k = 0; k < dimension; k++) mean[k]! += p[j]! * (row[k]! - own[k]!) * columnFactors[k]!
  }
  const curvature: Matrix = zeros(dimension, dimension)
  for (let j = 0; j < count; j++) {
    if (p[j]! < 1e-300) continue
    const row = rowOf(weights, j)
    for (let k = 0; k < dimension; k++) difference[k] = (row[k]! - own[k]!) * columnFactors[k]! - mean[k]!
    for (let a = 0; a < dimension; a++) {
      const factor = p[j]! * difference[a]!
      for (let b = 0; b < dimension; b++) curvature.values[a * dimension + b]! += factor * difference[b]!
    }
  }
  for (let a = 0; a < dimension; a++) {
    const at = a * dimension + a
    curvature.values[at] = curvature.values[at]! * (1 + 1e-12) + 1e-300
  }
  return { gradient: mean.map((x) => -x), curvature }
}

/** Halves the step until it gains what it should; a full one that does is doubled as long as that gains more. */
function lineSearch(problem: Problem, from: Point, direction: Float64Array, slope: number): Point | null {
  const at = (fraction: number) =>
    pointAt(
      problem,
      from.state.map((x, k) => x + fraction * direction[k]!),
    )
  for (let fraction = 1; fraction > 1e-12; fraction /= 2) {
    let best = at(fraction)
    if (!(best.value - from.value > Math.max(best.rounding, 1e-4 * fraction * slope))) continue
    for (let longer = 2; fraction === 1 && longer < 2 ** 60; longer *= 2) {
      const next = at(longer)
      if (!(next.value - best.value > next.rounding)) break
      best = next
    }
    return best
  }
  return null
}
