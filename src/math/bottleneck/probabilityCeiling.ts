import { zeros, type Matrix } from '../linalg/matrix.ts'
import { dot } from '../linalg/products.ts'
import { solve } from '../linalg/solve.ts'
import { softmax } from '../normalizers/softmax.ts'
import type { OutputTokens } from './outputTokens.ts'

export interface ProbabilityCeiling {
  /** The largest probability that any hidden state gives the token. */
  readonly probability: number
  /** The state that gives it, shape [d]; for a token on a face of the hull the value is only approached, far out. */
  readonly hidden: Float64Array
}

const steps = 200

/**
 * The most that a token can ever get: sup over h of softmax(W h + b) at the token, by damped Newton steps on its
 * logarithm, which is concave. For a token inside the hull of the others the supremum is attained.
 * O(V d²) a step.
 */
export function probabilityCeiling(tokens: OutputTokens, token: number): ProbabilityCeiling {
  const { dimension } = tokens
  let hidden: Float64Array = new Float64Array(dimension)
  let value = logProbability(tokens, token, hidden)
  for (let step = 0; step < steps; step++) {
    const { gradient, curvature } = derivatives(tokens, token, hidden)
    const direction = solve(curvature, gradient)
    const slope = dot(direction, gradient)
    if (!(slope > 1e-15)) break
    const next = lineSearch(tokens, token, hidden, direction, value, slope)
    if (next === null) break
    ;({ hidden, value } = next)
  }
  return { probability: Math.exp(value), hidden }
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

function logits(tokens: OutputTokens, h: Float64Array): Float64Array {
  const z = new Float64Array(tokens.count)
  tokens.products(h, z)
  return z.map((product, j) => product + tokens.bias[j]!)
}

/** −ln Σ exp(zⱼ − zᵢ): loses no digits when the probability is near 1. */
function logProbability(tokens: OutputTokens, token: number, h: Float64Array): number {
  const z = logits(tokens, h)
  const top = z.reduce((max, x) => Math.max(max, x), -Infinity)
  const total = z.reduce((sum, x) => sum + Math.exp(x - top), 0)
  return z[token]! - top - Math.log(total)
}

/** Gradient wᵢ − Σ pⱼ wⱼ and the covariance of the rows under p, with a trace of the identity for flat directions. */
function derivatives(tokens: OutputTokens, token: number, h: Float64Array) {
  const { count, dimension } = tokens
  const p = softmax(logits(tokens, h), 1)
  const mean = new Float64Array(dimension)
  for (let j = 0; j < count; j++) tokens.centredRow(j).forEach((w, k) => (mean[k]! += p[j]! * w))
  const curvature: Matrix = zeros(dimension, dimension)
  for (let j = 0; j < count; j++) {
    if (p[j]! < 1e-300) continue
    const difference = tokens.centredRow(j).map((w, k) => w - mean[k]!)
    for (let a = 0; a < dimension; a++) {
      const factor = p[j]! * difference[a]!
      for (let b = 0; b < dimension; b++) curvature.values[a * dimension + b]! += factor * difference[b]!
    }
  }
  let trace = 0
  for (let a = 0; a < dimension; a++) trace += curvature.values[a * dimension + a]!
  for (let a = 0; a < dimension; a++) curvature.values[a * dimension + a]! += 1e-12 * trace + 1e-300
  return { gradient: tokens.centredRow(token).map((w, k) => w - mean[k]!), curvature }
}

function lineSearch(
  tokens: OutputTokens,
  token: number,
  hidden: Float64Array,
  direction: Float64Array,
  value: number,
  slope: number,
) {
  for (let fraction = 1; fraction > 1e-12; fraction /= 2) {
    const next = hidden.map((x, k) => x + fraction * direction[k]!)
    const nextValue = logProbability(tokens, token, next)
    if (nextValue > value && nextValue >= value + 1e-4 * fraction * slope) return { hidden: next, value: nextValue }
  }
  return null
}
