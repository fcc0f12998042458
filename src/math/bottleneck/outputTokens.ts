import { DomainError, ShapeError } from '../errors.ts'
import { checkFinite, rowOf, zeros, type Matrix } from '../linalg/matrix.ts'
import { dot, norm } from '../linalg/products.ts'

/**
 * An output layer z = W h + b prepared for questions about single tokens: rows less their mean, which changes no
 * difference of logits, and in the order of their length, so that a search for the largest logit can stop early.
 */
export class OutputTokens {
  readonly count: number
  readonly dimension: number
  /** As given, shape [V, d]. */
  readonly weights: Matrix
  /** As given, shape [V]; zeros without a bias. */
  readonly bias: Float64Array
  readonly hasBias: boolean
  /** W less the mean of its rows, in the order given. */
  readonly centred: Matrix
  readonly #sorted: Matrix
  readonly #order: Int32Array
  readonly #lengths: Float64Array
  readonly #largestBias: number

  /** @throws ShapeError if there are fewer than two tokens, or the bias has another length; DomainError for NaN */
  constructor(weights: Matrix, bias: Float64Array | null) {
    checkFinite('output weights', weights)
    if (weights.rows < 2) throw new ShapeError('output weights: there must be at least two tokens (rows)')
    if (bias !== null && bias.length !== weights.rows) {
      throw new ShapeError(`output bias: ${bias.length} entries for ${weights.rows} tokens`)
    }
    const bad = bias?.findIndex((value) => !Number.isFinite(value)) ?? -1
    if (bad >= 0) throw new DomainError(`output bias: entry ${bad} is ${bias?.[bad]}; entries must be finite`)
    this.weights = weights
    this.count = weights.rows
    this.dimension = weights.cols
    this.hasBias = bias !== null
    this.bias = bias ?? new Float64Array(weights.rows)
    this.centred = lessMeanRow(weights)
    const lengths = Float64Array.from({ length: this.count }, (_, i) => norm(rowOf(this.centred, i)))
    this.#order = Int32Array.from({ length: this.count }, (_, i) => i).sort((i, j) => lengths[j]! - lengths[i]!)
    this.#lengths = Float64Array.from(this.#order, (token) => lengths[token]!)
    this.#sorted = zeros(this.count, this.dimension)
    this.#order.forEach((token, position) => rowOf(this.#sorted, position).set(rowOf(this.centred, token)))
    this.#largestBias = this.bias.reduce((max, value) => Math.max(max, value), -Infinity)
  }

  /**
   * The token with the largest logit at h; of tokens that tie, the longest row.
   * Stops where ‖wⱼ‖ ‖h‖ + max b, which bounds all logits that are left, falls below the best so far. O(V d) at worst.
   */
  winner(h: Float64Array): number {
    const reach = norm(h) * (1 + 1e-12)
    let best = 0
    let bestLogit = -Infinity
    for (let position = 0; position < this.count; position++) {
      if (this.#lengths[position]! * reach + this.#largestBias < bestLogit) break
      const logit = dot(rowOf(this.#sorted, position), h) + this.bias[this.#order[position]!]!
      if (logit <= bestLogit) continue
      best = position
      bestLogit = logit
    }
    return this.#order[best]!
  }

  /**
   * By how much the token's logit exceeds every other at h, less a bound of the rounding in that difference: above 0
   * it certifies that the token wins. From the weights as given. O(V d)
   */
  winningMargin(token: number, h: Float64Array): number {
    const own = rowOf(this.weights, token)
    let margin = Infinity
    for (let j = 0; j < this.count; j++) {
      if (j === token) continue
      const other = rowOf(this.weights, j)
      let difference = this.bias[token]! - this.bias[j]!
      let size = Math.abs(this.bias[token]!) + Math.abs(this.bias[j]!)
      for (let k = 0; k < h.length; k++) {
        const term = (own[k]! - other[k]!) * h[k]!
        difference += term
        size += Math.abs(term)
      }
      margin = Math.min(margin, difference - size * (this.dimension + 4) * Number.EPSILON)
    }
    return margin
  }
}

function lessMeanRow(a: Matrix): Matrix {
  const mean = new Float64Array(a.cols)
  for (let r = 0; r < a.rows; r++) rowOf(a, r).forEach((x, c) => (mean[c]! += x / a.rows))
  const out = zeros(a.rows, a.cols)
  for (let r = 0; r < a.rows; r++) rowOf(a, r).forEach((x, c) => (out.values[r * a.cols + c] = x - mean[c]!))
  return out
}
