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
  /** W less the mean of its rows, the longest row first. */
  readonly #sorted: Matrix
  /** The token of each sorted row, and the sorted row of each token. */
  readonly #order: Int32Array
  readonly #position: Int32Array
  readonly #lengths: Float64Array
  /** Of each sorted row without its first quarter. */
  readonly #tailLengths: Float64Array
  readonly #largestBias: number
  readonly #largestBiasSize: number

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
    const mean = meanRow(weights)
    const lengths = Float64Array.from({ length: this.count }, (_, i) => norm(less(rowOf(weights, i), mean)))
    this.#order = Int32Array.from({ length: this.count }, (_, i) => i).sort((i, j) => lengths[j]! - lengths[i]!)
    this.#lengths = Float64Array.from(this.#order, (token) => lengths[token]!)
    this.#sorted = zeros(this.count, this.dimension)
    this.#position = new Int32Array(this.count)
    this.#order.forEach((token, position) => {
      rowOf(this.#sorted, position).set(less(rowOf(weights, token), mean))
      this.#position[token] = position
    })
    this.#tailLengths = Float64Array.from(this.#order, (_, position) =>
      norm(rowOf(this.#sorted, position).subarray(this.dimension >> 2)),
    )
    this.#largestBiasSize = this.bias.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
    this.#largestBias = this.bias.reduce((max, value) => Math.max(max, value), -Infinity)
  }

  /** A token's row less the mean of all rows, shape [d], a view. */
  centredRow(token: number): Float64Array {
    return rowOf(this.#sorted, this.#position[token]!)
  }

  /** Centred row times h, for every token, written to out[token]. O(V d) */
  products(h: Float64Array, out: Float64Array): void {
    for (let position = 0; position < this.count; position++) {
      out[this.#order[position]!] = dot(rowOf(this.#sorted, position), h)
    }
  }

  /**
   * The token with the largest logit at h, or `token` if none exceeds its own, and then a lower bound of its lead with
   * rounding taken off: above 0 it certifies that the token wins; else it says nothing.
   * Skips what cannot exceed the best so far: by Cauchy and Schwarz a row's logit is at most ‖w‖ ‖h‖ + b, and once the
   * product of its first quarter is known, at most that plus the product of the lengths of the rest. O(V d) at worst.
   */
  challenge(token: number, h: Float64Array): { readonly winner: number; readonly lead: number } {
    const { count, dimension, bias } = this
    const sorted = this.#sorted.values
    const split = dimension >> 2
    const head = h.subarray(0, split)
    const tail = h.subarray(split)
    // A hair more than the lengths, so that rounding never skips a winner.
    const reach = norm(h) * (1 + 1e-12)
    const tailReach = norm(tail) * (1 + 1e-12)
    const own = this.#position[token]!
    const ownLogit = dot(rowOf(this.#sorted, own), h) + bias[token]!
    let [best, bestLogit, othersAtMost] = [own, ownLogit, -Infinity]
    for (let position = 0; position < count; position++) {
      let bound = this.#lengths[position]! * reach + this.#largestBias
      // The rows from here on are shorter: this bounds them all.
      const isEnd = bound < bestLogit
      const start = position * dimension
      if (!isEnd && position !== own) {
        const first = dot(sorted.subarray(start, start + split), head) + bias[this.#order[position]!]!
        bound = first + this.#tailLengths[position]! * tailReach
        if (bound >= bestLogit) bound = first + dot(sorted.subarray(start + split, start + dimension), tail)
      }
      if (isEnd || position !== own) othersAtMost = Math.max(othersAtMost, bound)
      if (isEnd) break
      if (position === own || bound <= bestLogit) continue
      best = position
      bestLogit = bound
    }
    const sizes = reach * (this.#lengths[own]! + this.#lengths[0]!) + Math.abs(bias[token]!) + this.#largestBiasSize
    const rounding = sizes * (dimension + 6) * Number.EPSILON
    return { winner: this.#order[best]!, lead: best === own ? ownLogit - othersAtMost - rounding : -Infinity }
  }

  /**
   * By how much the token's logit exceeds every other at h, less a bound of the rounding in that difference: above 0
   * it certifies that the token wins. By differences of the rows as given, which cancel before they are multiplied.
   * O(V d)
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

function meanRow({ rows, cols, values }: Matrix): Float64Array {
  const mean = new Float64Array(cols)
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) mean[c]! += values[r * cols + c]! / rows
  }
  return mean
}

const less = (row: Float64Array, mean: Float64Array): Float64Array => row.map((x, c) => x - mean[c]!)
