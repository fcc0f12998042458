import { rowOf } from '../linalg/matrix.ts'
import { nnls, type NnlsColumns } from '../linalg/nnls.ts'
import { dot, norm } from '../linalg/products.ts'
import type { OutputTokens } from './outputTokens.ts'

/** The point of a token's cone that is nearest to (0, 0, 1). */
export interface ConeFit {
  /** Weight of each token that has one; they need not sum to 1. */
  readonly weights: ReadonlyMap<number, number>
  /** Distance from the cone: 0 for a token that cannot win. */
  readonly residual: number
  /** Where the token wins in the even layer if it can, the likeliest first; each is still to be checked. */
  readonly states: readonly Float64Array[]
}

/** What the columns of a cone are made of. */
export interface ConeOptions {
  /** The tokens whose columns take part; default all. */
  readonly among?: Iterable<number>
  /** What each coordinate, and at last the bias, is multiplied by; default the factors of the even layer. */
  readonly factors?: Float64Array
  /** The entry c. The cone holds (0, 0, 1) whatever it is; one like the distances between tokens loses fewer digits. */
  readonly height?: number
}

/**
 * The nearest point to (0, 0, 1) in the cone of the columns (wⱼ − wᵢ, bⱼ − bᵢ, c), j ≠ i, and (0, −1, 0): at distance 0
 * the weights enclose the token (Farkas' lemma); else the residual (r, s, t) gives the state r / s, or r scaled up when
 * s is 0, at which the token wins. Where all biases are equal there is neither a bias row nor a slack.
 */
export function fitCone(tokens: OutputTokens, token: number, options: ConeOptions = {}): ConeFit {
  const { among, factors, height = 1 } = options
  const others = among === undefined ? null : [...among].filter((j) => j !== token)
  const b = new Float64Array(tokens.dimension + (tokens.isBiased ? 2 : 1))
  b[b.length - 1] = 1
  const count = others?.length ?? tokens.count
  const columns = coneColumns(tokens, token, others, factors ?? evenFactors(tokens), height)
  const isQuick = others !== null && factors === undefined && height === 1
  const fit = nnls(isQuick ? { ...columns, gradient: quickGradient(tokens, token, others) } : columns, b)
  const weights = new Map<number, number>()
  fit.support.forEach((column, k) => {
    if (column < count) weights.set(others?.[column] ?? column, fit.weights[k]!)
  })
  return { weights, residual: norm(fit.residual), states: statesFrom(tokens, fit.residual) }
}

/** Of the even layer: one for each coordinate, and the biases' last. */
export const evenFactors = ({ columnFactors, biasFactor }: OutputTokens): Float64Array =>
  Float64Array.of(...columnFactors, biasFactor)

/** Columns of the others, of all for null; the slack is the last. */
function coneColumns(
  tokens: OutputTokens,
  token: number,
  others: readonly number[] | null,
  factors: Float64Array,
  height: number,
): NnlsColumns {
  const { weights, bias, isBiased, dimension } = tokens
  const own = rowOf(weights, token)
  const rows = dimension + (isBiased ? 2 : 1)
  const count = others?.length ?? tokens.count
  return {
    rows,
    count: isBiased ? count + 1 : count,
    // From differences, which lose no digits where two rows are near each other and far from the mean.
    gradient(r, out) {
      const scaled = r.subarray(0, dimension).map((x, k) => x * factors[k]!)
      const biasFactor = isBiased ? r[dimension]! * factors[dimension]! : 0
      for (let n = 0; n < count; n++) {
        const j = others?.[n] ?? n
        const other = rowOf(weights, j)
        let sum = biasFactor * (bias[j]! - bias[token]!) + r[rows - 1]! * height
        for (let k = 0; k < dimension; k++) sum += (other[k]! - own[k]!) * scaled[k]!
        out[n] = j === token ? -Infinity : sum
      }
      if (isBiased) out[count] = -r[dimension]!
    },
    column(n) {
      const column = new Float64Array(rows)
      if (n === count) {
        column[dimension] = -1
        return column
      }
      const j = others?.[n] ?? n
      const other = rowOf(weights, j)
      for (let k = 0; k < dimension; k++) column[k] = (other[k]! - own[k]!) * factors[k]!
      if (isBiased) column[dimension] = (bias[j]! - bias[token]!) * factors[dimension]!
      column[rows - 1] = height
      return column
    },
  }
}

/** The same to within rounding, in half the time: from rows of the even layer. */
function quickGradient(tokens: OutputTokens, token: number, others: readonly number[]): NnlsColumns['gradient'] {
  const { evenBias, isBiased, dimension } = tokens
  const rows = others.map((j) => tokens.evenRow(j))
  return (r, out) => {
    const head = r.subarray(0, dimension)
    const biasFactor = isBiased ? r[dimension]! : 0
    const constant = r[r.length - 1]! - dot(tokens.evenRow(token), head) - biasFactor * evenBias[token]!
    for (let n = 0; n < others.length; n++) {
      out[n] = dot(rows[n]!, head) + biasFactor * evenBias[others[n]!]! + constant
    }
    if (isBiased) out[others.length] = -biasFactor
  }
}

/** Candidates for a winning state, from the residual of the cone. */
function statesFrom({ dimension, isBiased }: OutputTokens, residual: Float64Array): Float64Array[] {
  const direction = residual.slice(0, dimension)
  const size = norm(direction)
  const height = isBiased ? residual[dimension]! : 0
  const exact = height > 0 ? [direction.map((x) => x / height)] : []
  if (size === 0) return exact
  const unit = direction.map((x) => x / size)
  if (!isBiased) return [unit]
  const grown = Array.from({ length: 40 }, (_, k) => unit.map((x) => x * 10 * 2 ** k))
  // Far out where s is next to nothing: a nearer state along the same line may do.
  return height > 1e-6 * size ? [...exact, ...grown] : [...grown, ...exact]
}
