import { rowOf } from '../linalg/matrix.ts'
import { dot, norm } from '../linalg/products.ts'
import type { OutputTokens } from './outputTokens.ts'
import { fitCone } from './tokenCone.ts'

/** What is known of a token, with the proof. */
export type TokenVerdict =
  | {
      readonly kind: 'argmaxable'
      /** A hidden state at which the token wins, shape [d]. */
      readonly hidden: Float64Array
      /** It wins there by at least this much, rounding taken off. */
      readonly margin: number
      readonly foundBy: 'own row' | 'reflection' | 'least squares'
    }
  | {
      readonly kind: 'unargmaxable'
      /** Tokens whose rows, so weighted, average to the token's row while their biases average to no less than its. */
      readonly enclosedBy: readonly number[]
      /** λ ≥ 0, sum 1, in the same order. */
      readonly weights: Float64Array
      /** ‖Σ λⱼ wⱼ − wᵢ‖ over the largest ‖wⱼ − wᵢ‖ involved. */
      readonly error: number
    }
  /** Neither proof passed its check: the token lies on the edge to within rounding. */
  | { readonly kind: 'undecided'; readonly residual: number }

/** Reflections find nearly all winners; the rest is left to least squares. */
const reflections = 100
/** A fit among few tokens costs less than the reflections that would spare it: all of them up to so many dimensions. */
const fewDimensions = 8
const fewReflections = 20
const enclosureTolerance = 1e-9

/**
 * Can this token ever have the largest logit, strictly? Both answers come with a certificate that has been checked.
 * A token that repeats another one's row and bias cannot: it ties.
 * O(V d) for most; O(V d) times the size of the support, at most d + 2, for the rest.
 */
export function testToken(tokens: OutputTokens, token: number): TokenVerdict {
  return winByReflection(tokens, token) ?? decideByLeastSquares(tokens, token)
}

/**
 * The same test for one token after another, in any order: faster together, since each remembers whom the others met.
 * @returns  the test of a token
 */
export function tokenTester(tokens: OutputTokens): (token: number) => TokenVerdict {
  const met = new Set<number>()
  const patience = tokens.dimension <= fewDimensions ? 0 : fewReflections
  return (token) => winByReflection(tokens, token, patience) ?? decideAmong(tokens, token, met)
}

/**
 * Starts at the token's own row and, while another token wins, reflects the state to the other side of the plane where
 * the two tie. Null if it still loses after so many reflections, which proves nothing.
 * Source: Grivas, Bogoychev & Lopez 2022, arXiv:2203.06462.
 */
export function winByReflection(tokens: OutputTokens, token: number, patience = reflections): TokenVerdict | null {
  const { weights, bias, dimension } = tokens
  const x = rowOf(weights, token).slice()
  const own = tokens.centredRow(token)
  const u = new Float64Array(dimension)
  for (let step = 0; step <= patience; step++) {
    const { winner, lead } = tokens.challenge(token, x)
    if (winner === token) {
      const margin = lead > 0 ? lead : tokens.winningMargin(token, x)
      return margin > 0
        ? { kind: 'argmaxable', hidden: x, margin, foundBy: step === 0 ? 'own row' : 'reflection' }
        : null
    }
    const other = tokens.centredRow(winner)
    for (let k = 0; k < dimension; k++) u[k] = own[k]! - other[k]!
    const length = norm(u)
    if (length === 0) return null
    const distance = (dot(u, x) + bias[token]! - bias[winner]!) / length
    for (let k = 0; k < dimension; k++) x[k]! -= (2 * distance * u[k]!) / length
  }
  return null
}

/** Distance of (0, 0, 1) from the cone of {@link fitCone}: 0 for a token that cannot win. */
export const hullResidual = (tokens: OutputTokens, token: number): number => fitCone(tokens, token).residual

/** By least squares against all other tokens at once: see {@link fitCone}. */
export function decideByLeastSquares(tokens: OutputTokens, token: number): TokenVerdict {
  const { weights, states, residual } = fitCone(tokens, token)
  const enclosure = enclosureOf(tokens, token, weights)
  if (enclosure !== null) return enclosure
  for (const hidden of states) {
    const margin = tokens.winningMargin(token, hidden)
    if (margin > 0) return { kind: 'argmaxable', hidden, margin, foundBy: 'least squares' }
  }
  return { kind: 'undecided', residual }
}

/**
 * The same, against few tokens at a time: first those given, and whoever beats the token at the states so found joins
 * them, in `among`. Tokens inside the hull are enclosed by its corners alone, so that a search over all tokens that keeps
 * `among` from one to the next costs O(V) a token times the corners met, not O(V) times the support.
 * Source: Clarkson 1994, More output-sensitive geometric algorithms, FOCS.
 */
export function decideAmong(tokens: OutputTokens, token: number, among: Set<number>): TokenVerdict {
  if (among.size === 0) among.add(tokens.challenge(token, rowOf(tokens.weights, token)).winner)
  for (;;) {
    const { weights, states } = fitCone(tokens, token, among)
    const enclosure = enclosureOf(tokens, token, weights)
    if (enclosure !== null) return enclosure
    let isNew = false
    for (const hidden of states) {
      const { winner, lead } = tokens.challenge(token, hidden)
      const margin = winner !== token ? -Infinity : lead > 0 ? lead : tokens.winningMargin(token, hidden)
      if (margin > 0) return { kind: 'argmaxable', hidden, margin, foundBy: 'least squares' }
      isNew = winner !== token && !among.has(winner)
      if (!isNew) continue
      among.add(winner)
      break
    }
    // A tie, or rounding: only all others together can tell.
    if (!isNew) return decideByLeastSquares(tokens, token)
  }
}

function enclosureOf(tokens: OutputTokens, token: number, fitted: ReadonlyMap<number, number>): TokenVerdict | null {
  const kept = [...fitted].sort(([a], [b]) => a - b)
  const total = kept.reduce((sum, [, weight]) => sum + weight, 0)
  if (!(total > 0.5)) return null
  const enclosedBy = kept.map(([name]) => name)
  const weights = Float64Array.from(kept, ([, weight]) => weight / total)
  const error = enclosureError(tokens, token, enclosedBy, weights)
  return error <= enclosureTolerance ? { kind: 'unargmaxable', enclosedBy, weights, error } : null
}

/**
 * How far these weights are from enclosing the token, from the layer as given: ‖Σ λⱼ (wⱼ − wᵢ)‖ over the largest
 * ‖wⱼ − wᵢ‖, or the shortfall of the biases over the largest |bⱼ − bᵢ| where that is more; infinite for weights that are
 * negative or do not sum to 1.
 */
export function enclosureError(
  { weights: rows, bias, dimension }: OutputTokens,
  token: number,
  enclosedBy: readonly number[],
  lambda: ArrayLike<number>,
): number {
  const sum = new Float64Array(dimension)
  let [total, largest, shortfall, largestBias] = [0, 0, 0, 0]
  const own = rowOf(rows, token)
  for (const [k, j] of enclosedBy.entries()) {
    const weight = lambda[k]!
    if (!(weight >= 0) || j === token) return Infinity
    const difference = rowOf(rows, j).map((x, i) => x - own[i]!)
    difference.forEach((x, i) => (sum[i]! += weight * x))
    total += weight
    largest = Math.max(largest, norm(difference))
    shortfall += weight * (bias[token]! - bias[j]!)
    largestBias = Math.max(largestBias, Math.abs(bias[token]! - bias[j]!))
  }
  if (Math.abs(total - 1) > 1e-12) return Infinity
  const biasError = shortfall <= 0 ? 0 : shortfall / largestBias
  return Math.max(largest === 0 ? 0 : norm(sum) / largest, biasError)
}
