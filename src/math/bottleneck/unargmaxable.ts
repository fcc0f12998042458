import { rowOf } from '../linalg/matrix.ts'
import { nnls, type NnlsColumns, type NnlsFit } from '../linalg/nnls.ts'
import { dot, norm } from '../linalg/products.ts'
import type { OutputTokens } from './outputTokens.ts'

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

/** A reflection finds nearly all winners; the rest is left to least squares. */
const patience = 100
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
 * Starts at the token's own row and, while another token wins, reflects the state to the other side of the plane where
 * the two tie. Null if it still loses after 100 reflections, which proves nothing.
 * Source: Grivas, Bogoychev & Lopez 2022, arXiv:2203.06462.
 */
export function winByReflection(tokens: OutputTokens, token: number): TokenVerdict | null {
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

/**
 * The nearest point to (0, 0, 1) in the cone of the columns (wⱼ − wᵢ, bⱼ − bᵢ, 1), j ≠ i, and (0, −1, 0): at distance 0
 * the weights enclose the token (Farkas' lemma); else the residual (r, s, t) gives the state r / s, or r scaled up when
 * s is 0, at which the token wins.
 */
export function decideByLeastSquares(tokens: OutputTokens, token: number): TokenVerdict {
  const fit = nnls(coneOf(tokens, token), target(tokens))
  const enclosure = enclosureOf(tokens, token, fit)
  if (enclosure !== null && enclosure.error <= enclosureTolerance) return enclosure
  for (const hidden of statesFrom(tokens, fit.residual)) {
    const margin = tokens.winningMargin(token, hidden)
    if (margin > 0) return { kind: 'argmaxable', hidden, margin, foundBy: 'least squares' }
  }
  return { kind: 'undecided', residual: norm(fit.residual) }
}

/** Distance of (0, 0, 1) from the cone of {@link decideByLeastSquares}: 0 for a token that cannot win. */
export const hullResidual = (tokens: OutputTokens, token: number): number =>
  norm(nnls(coneOf(tokens, token), target(tokens)).residual)

function target({ dimension, hasBias }: OutputTokens): Float64Array {
  const b = new Float64Array(dimension + (hasBias ? 2 : 1))
  b[b.length - 1] = 1
  return b
}

/** The slack column is the last; without a bias there is neither a bias row nor a slack. */
function coneOf(tokens: OutputTokens, token: number): NnlsColumns {
  const { bias, hasBias, count, dimension } = tokens
  const own = tokens.centredRow(token)
  const rows = dimension + (hasBias ? 2 : 1)
  return {
    rows,
    count: hasBias ? count + 1 : count,
    gradient(r, out) {
      const head = r.subarray(0, dimension)
      const biasFactor = hasBias ? r[dimension]! : 0
      const constant = r[rows - 1]! - dot(own, head) - biasFactor * bias[token]!
      tokens.products(head, out)
      for (let j = 0; j < count; j++) out[j]! += biasFactor * bias[j]! + constant
      out[token] = -Infinity
      if (hasBias) out[count] = -biasFactor
    },
    column(j) {
      const column = new Float64Array(rows)
      if (j === count) {
        column[dimension] = -1
        return column
      }
      const other = tokens.centredRow(j)
      for (let k = 0; k < dimension; k++) column[k] = other[k]! - own[k]!
      if (hasBias) column[dimension] = bias[j]! - bias[token]!
      column[rows - 1] = 1
      return column
    },
  }
}

function enclosureOf(tokens: OutputTokens, token: number, fit: NnlsFit) {
  const kept = fit.support.flatMap((name, k) => (name < tokens.count ? [{ name, weight: fit.weights[k]! }] : []))
  kept.sort((a, b) => a.name - b.name)
  const total = kept.reduce((sum, { weight }) => sum + weight, 0)
  if (!(total > 0.5)) return null
  const enclosedBy = kept.map(({ name }) => name)
  const weights = Float64Array.from(kept, ({ weight }) => weight / total)
  return {
    kind: 'unargmaxable' as const,
    enclosedBy,
    weights,
    error: enclosureError(tokens, token, enclosedBy, weights),
  }
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

/** Candidates for a winning state, from the residual of the cone. */
function statesFrom({ dimension, hasBias }: OutputTokens, residual: Float64Array): Float64Array[] {
  const direction = residual.slice(0, dimension)
  const size = norm(direction)
  const height = hasBias ? residual[dimension]! : 0
  const exact = height > 0 ? [direction.map((x) => x / height)] : []
  if (size === 0) return exact
  const unit = direction.map((x) => x / size)
  if (!hasBias) return [unit]
  const grown = Array.from({ length: 40 }, (_, k) => unit.map((x) => x * 10 * 2 ** k))
  // Far out where s is next to nothing: a nearer state along the same line may do.
  return height > 1e-6 * size ? [...exact, ...grown] : [...grown, ...exact]
}
