/** What has been seen of a row so far: its maximum and Σ exp(x − max). */
export interface OnlineSum {
  readonly max: number
  readonly sum: number
}

/** Of nothing: the neutral element of {@link mergeOnline}. */
export const emptyOnline: OnlineSum = { max: -Infinity, sum: 0 }

/** exp(from − to) for from ≤ to; 1 where both are −Infinity, whose difference would be NaN. */
const rescale = (from: number, to: number) => (from === to ? 1 : Math.exp(from - to))

/**
 * One more logit: m′ = max(m, x), d′ = d exp(m − m′) + exp(x − m′). A masked logit, −Infinity, changes nothing.
 * Source: Milakov & Gimelshein 2018, arXiv:1805.02867.
 */
export function stepOnline({ max, sum }: OnlineSum, x: number): OnlineSum {
  if (x === -Infinity) return { max, sum }
  const top = x > max || Number.isNaN(x) ? x : max
  return { max: top, sum: sum * rescale(max, top) + rescale(x, top) }
}

/** What has been seen of two parts of a row together. Associative and commutative up to rounding. */
export function mergeOnline(a: OnlineSum, b: OnlineSum): OnlineSum {
  const max = a.max > b.max || Number.isNaN(a.max) ? a.max : b.max
  return { max, sum: a.sum * rescale(a.max, max) + b.sum * rescale(b.max, max) }
}

/** log Σ exp x in nats; −Infinity of nothing. */
export const logSumOf = ({ max, sum }: OnlineSum): number => (sum === 0 ? -Infinity : max + Math.log(sum))

/**
 * Softmax in two passes over the logits instead of three: maximum and sum are found together.
 * @param x  logits, shape [n]; −Infinity entries are dropped; a NaN or +Infinity makes the row NaN
 * @returns  y, shape [n]; zeros if nothing is kept
 * O(n). Source: Milakov & Gimelshein 2018, arXiv:1805.02867, algorithm 3.
 */
export function onlineSoftmax(x: ArrayLike<number>): Float64Array {
  let seen = emptyOnline
  for (let i = 0; i < x.length; i++) seen = stepOnline(seen, x[i]!)
  const { max, sum } = seen
  if (!(max < Infinity)) return new Float64Array(x.length).fill(NaN)
  return Float64Array.from(x, (value) => (value === -Infinity ? 0 : Math.exp(value - max) / sum))
}

/** A part of an attention row: {@link OnlineSum} and Σ exp(x − max) v, not yet divided, shape [width of v]. */
export interface AttentionPart extends OnlineSum {
  readonly out: ArrayLike<number>
}

/**
 * Two parts of an attention row together, in any order and bracketing: max, sum and output are rescaled alike.
 * The output of the row is `out / sum` of the last merge. Both `out` must have one length.
 * Source: Sanovar et al. 2024, arXiv:2405.10480.
 */
export function mergeAttention(a: AttentionPart, b: AttentionPart): AttentionPart {
  const { max, sum } = mergeOnline(a, b)
  const [ra, rb] = [rescale(a.max, max), rescale(b.max, max)]
  return { max, sum, out: Float64Array.from(a.out, (value, k) => value * ra + b.out[k]! * rb) }
}
