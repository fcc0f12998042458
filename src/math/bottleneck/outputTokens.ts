import { DomainError, ShapeError } from '../errors.ts'
import { checkFinite, rowOf, zeros, type Matrix } from '../linalg/matrix.ts'
import { dot, norm } from '../linalg/products.ts'
import { byPowers, evenColumns } from './evenColumns.ts'

/** A hidden state of the layer as given, from one of the even layer. */
export interface GivenState {
  /** Shape [d]; not finite where no float64 reaches so far. */
  readonly hidden: Float64Array
  /** Differences of logits at it are those of the even layer times 2 to this power… */
  readonly exponent: number
  /** …if every entry survived the way. */
  readonly isExact: boolean
}

/**
 * An output layer z = W h + b prepared for questions about single tokens. Beside the layer as given stands an even one,
 * W′ h′ + b′: each column of W divided by a power of two sₖ and the biases by another, t, so that all are of a size near
 * 1; less the mean row and the mean bias, which changes no difference of logits. The state h′ = s h / t takes up both:
 * W h + b and t (W′ h′ + b′) differ by a constant, so each token wins at h where it wins at h′, and no scale of the
 * layer can change a verdict. Rows stand in the order of their length, so that a search for the largest logit can stop
 * early.
 */
export class OutputTokens {
  readonly count: number
  readonly dimension: number
  /** As given, shape [V, d]. */
  readonly weights: Matrix
  /** As given, shape [V]; zeros without a bias. */
  readonly bias: Float64Array
  readonly hasBias: boolean
  /** Whether two biases differ: else they decide nothing. */
  readonly isBiased: boolean
  /** b′, shape [V]. */
  readonly evenBias: Float64Array
  /** 1 / sₖ, shape [d]. */
  readonly columnFactors: Float64Array
  /** 1 / t. */
  readonly biasFactor: number
  readonly #exponents: Int32Array
  readonly #biasExponent: number
  /** W′, the longest row first. */
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
    this.isBiased = this.bias.some((value) => value !== this.bias[0])
    const evenBias = evenColumns({ rows: this.count, cols: 1, values: this.bias })
    this.#biasExponent = this.isBiased ? evenBias.exponents[0]! : 0
    this.biasFactor = 2 ** -this.#biasExponent
    this.evenBias = this.isBiased
      ? this.bias.map((value) => value * this.biasFactor - evenBias.means[0]!)
      : new Float64Array(this.count)
    const { exponents, factors, means } = evenColumns(weights)
    this.#exponents = exponents
    this.columnFactors = factors
    const evenRow = (token: number) => rowOf(weights, token).map((x, k) => x * factors[k]! - means[k]!)
    const lengths = Float64Array.from({ length: this.count }, (_, i) => norm(evenRow(i)))
    this.#order = Int32Array.from({ length: this.count }, (_, i) => i).sort((i, j) => lengths[j]! - lengths[i]!)
    this.#lengths = Float64Array.from(this.#order, (token) => lengths[token]!)
    this.#sorted = zeros(this.count, this.dimension)
    this.#position = new Int32Array(this.count)
    this.#order.forEach((token, position) => {
      rowOf(this.#sorted, position).set(evenRow(token))
      this.#position[token] = position
    })
    this.#tailLengths = Float64Array.from(this.#order, (_, position) =>
      norm(rowOf(this.#sorted, position).subarray(this.dimension >> 2)),
    )
    this.#largestBiasSize = this.evenBias.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
    this.#largestBias = this.evenBias.reduce((max, value) => Math.max(max, value), -Infinity)
  }

  /** A token's row of W′, shape [d], a view. */
  evenRow(token: number): Float64Array {
    return rowOf(this.#sorted, this.#position[token]!)
  }

  /** Length of a token's row as given, less the mean row. */
  length(token: number): number {
    return Math.hypot(...byPowers(this.evenRow(token), this.#exponents))
  }

  /** Logits at a state as given, but for a constant they share, shape [V]. O(V d) */
  logits(h: Float64Array): Float64Array {
    const scaled = byPowers(h, this.#exponents)
    return this.bias.map((b, token) => dot(this.evenRow(token), scaled) + b)
  }

  /**
   * h′ of a state as given. Without a bias a state wins at any length, and one too long or too short for float64 is
   * brought to a length near 1.
   */
  toEven(h: Float64Array): Float64Array {
    const exponents = this.#exponents.map((e) => e - this.#biasExponent)
    const even = byPowers(h, exponents)
    if (this.isBiased || isModest(even)) return even
    const size = Math.round(largestExponent(h, exponents))
    return size === -Infinity ? even : byPowers(h, lowered(exponents, size))
  }

  /** The state as given of an h′; without a bias shorter where it would be too long for float64. */
  toGiven(h: Float64Array): GivenState {
    const exponents = this.#exponents.map((e) => this.#biasExponent - e)
    const hidden = byPowers(h, exponents)
    if (isModest(hidden) || this.isBiased) return givenState(h, hidden, exponents, this.#biasExponent)
    const shift = Math.max(0, Math.ceil(largestExponent(h, exponents)) - 1000)
    const shorter = lowered(exponents, shift)
    return givenState(h, byPowers(h, shorter), shorter, -shift)
  }

  /**
   * The token with the largest logit at h′, or `token` if none exceeds its own, and then a lower bound of its lead with
   * rounding taken off: above 0 it certifies that the token wins; else it says nothing.
   * Skips what cannot exceed the best so far: by Cauchy and Schwarz a row's logit is at most ‖w‖ ‖h‖ + b, and once the
   * product of its first quarter is known, at most that plus the product of the lengths of the rest. O(V d) at worst.
   */
  challenge(token: number, h: Float64Array): { readonly winner: number; readonly lead: number } {
    const { count, dimension, evenBias: bias } = this
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
      let size = Math.abs(difference)
      for (let k = 0; k < h.length; k++) {
        const term = (own[k]! - other[k]!) * h[k]!
        difference += term
        size += Math.abs(term)
      }
      margin = Math.min(margin, difference - (size * Number.EPSILON + Number.MIN_VALUE) * (this.dimension + 4))
    }
    return margin
  }
}

function givenState(h: Float64Array, hidden: Float64Array, exponents: Int32Array, exponent: number): GivenState {
  const back = byPowers(
    hidden,
    exponents.map((e) => -e),
  )
  return { hidden, exponent, isExact: back.every((x, k) => x === h[k]) }
}

/** log₂ of the largest entry of `byPowers(h, exponents)`, also where that is no number; −Infinity for zeros. */
const largestExponent = (h: Float64Array, exponents: Int32Array): number =>
  h.reduce((most, x, k) => (x === 0 ? most : Math.max(most, Math.log2(Math.abs(x)) + exponents[k]!)), -Infinity)

const lowered = (exponents: Int32Array, by: number): Int32Array => exponents.map((e) => e - by)

/** Neither too long nor too short to be squared. */
function isModest(h: Float64Array): boolean {
  const size = norm(h)
  return size > 2 ** -300 && size < 2 ** 300
}
