import { nnls, type NnlsColumns } from '../linalg/nnls.ts'
import { dot, norm } from '../linalg/products.ts'
import type { OutputTokens } from './outputTokens.ts'

/** The point of a token's cone that is nearest to (0, 0, 1). */
export interface ConeFit {
  /** Weight of each token that has one; they need not sum to 1. */
  readonly weights: ReadonlyMap<number, number>
  /** Distance from the cone: 0 for a token that cannot win. */
  readonly residual: number
  /** Where the token wins if it can, the likeliest first; each is still to be checked. */
  readonly states: readonly Float64Array[]
}

/**
 * The nearest point to (0, 0, 1) in the cone of the columns (wⱼ − wᵢ, bⱼ − bᵢ, 1), j ≠ i, and (0, −1, 0): at distance 0
 * the weights enclose the token (Farkas' lemma); else the residual (r, s, t) gives the state r / s, or r scaled up when
 * s is 0, at which the token wins. Without a bias there is neither a bias row nor a slack.
 * @param among  the tokens whose columns take part; default all
 */
export function fitCone(tokens: OutputTokens, token: number, among?: Iterable<number>): ConeFit {
  const others = among === undefined ? null : [...among].filter((j) => j !== token)
  const b = new Float64Array(tokens.dimension + (tokens.hasBias ? 2 : 1))
  b[b.length - 1] = 1
  const count = others?.length ?? tokens.count
  const fit = nnls(others === null ? wholeCone(tokens, token) : coneAmong(tokens, token, others), b)
  const weights = new Map<number, number>()
  fit.support.forEach((column, k) => {
    if (column < count) weights.set(others?.[column] ?? column, fit.weights[k]!)
  })
  return { weights, residual: norm(fit.residual), states: statesFrom(tokens, fit.residual) }
}

/** The slack column is the last. */
function wholeCone(tokens: OutputTokens, token: number): NnlsColumns {
  const { bias, hasBias, count, dimension } = tokens
  const rows = dimension + (hasBias ? 2 : 1)
  return {
    rows,
    count: hasBias ? count + 1 : count,
    gradient(r, out) {
      const { head, biasFactor, constant } = split(tokens, token, r)
      tokens.products(head, out)
      for (let j = 0; j < count; j++) out[j]! += biasFactor * bias[j]! + constant
      out[token] = -Infinity
      if (hasBias) out[count] = -biasFactor
    },
    column: (j) => columnOf(tokens, token, j < count ? j : null),
  }
}

function coneAmong(tokens: OutputTokens, token: number, others: readonly number[]): NnlsColumns {
  const { bias, hasBias, dimension } = tokens
  const rowsOf = others.map((j) => tokens.centredRow(j))
  return {
    rows: dimension + (hasBias ? 2 : 1),
    count: others.length + (hasBias ? 1 : 0),
    gradient(r, out) {
      const { head, biasFactor, constant } = split(tokens, token, r)
      for (let k = 0; k < others.length; k++) out[k] = dot(rowsOf[k]!, head) + biasFactor * bias[others[k]!]! + constant
      if (hasBias) out[others.length] = -biasFactor
    },
    column: (k) => columnOf(tokens, token, others[k] ?? null),
  }
}

/** What every column's product with r has in common. */
function split(tokens: OutputTokens, token: number, r: Float64Array) {
  const { bias, hasBias, dimension } = tokens
  const head = r.subarray(0, dimension)
  const biasFactor = hasBias ? r[dimension]! : 0
  const constant = r[r.length - 1]! - dot(tokens.centredRow(token), head) - biasFactor * bias[token]!
  return { head, biasFactor, constant }
}

/** The column of another token, or the slack for null. */
function columnOf(tokens: OutputTokens, token: number, other: number | null): Float64Array {
  const { bias, hasBias, dimension } = tokens
  const column = new Float64Array(dimension + (hasBias ? 2 : 1))
  if (other === null) {
    column[dimension] = -1
    return column
  }
  const [own, row] = [tokens.centredRow(token), tokens.centredRow(other)]
  for (let k = 0; k < dimension; k++) column[k] = row[k]! - own[k]!
  if (hasBias) column[dimension] = bias[other]! - bias[token]!
  column[column.length - 1] = 1
  return column
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
