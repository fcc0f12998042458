import { counted } from './counted.ts'
import { ShapeError } from './errors.ts'

/** A row to measure others against, prepared once for all of them. */
export interface Reference {
  /** ln q of the weights as given; −Infinity where q is 0. */
  readonly logs: Float64Array
  /** Σ q. */
  readonly total: number
  /** Whether it can be read as a distribution: no weight below 0, no NaN, a sum above 0. */
  readonly distribution: boolean
}

/** What a weight row is like, in numbers. Entropy and KL are of the weights over their sum, p = y / Σ y. */
export interface RowStats {
  readonly sum: number
  /** 1 − Σ y where that is above 0, else 0: what a row that may spend less than 1 keeps back. Rounding is not counted. */
  readonly unspent: number
  /** How many entries have a weight above 0. */
  readonly support: number
  /** How many kept entries are exactly 0; masked ones are not among them. */
  readonly zeros: number
  /** How many entries the mask dropped. */
  readonly masked: number
  /** −Σ p ln p in nats, 0 ln 0 = 0. Null without a distribution: a weight below 0, a NaN, or a sum of 0. */
  readonly entropyNats: number | null
  readonly entropyBits: number | null
  /** exp(H): how many equal weights would have this entropy. From 1 to n; null where the entropy is. */
  readonly effectiveEntries: number | null
  /** The largest weight; NaN for a row with a NaN or without a kept entry. */
  readonly max: number
  /** Its place, the first of equals; −1 if there is none. */
  readonly argmax: number
  /**
   * Σ p ln(p / q) in nats, q the reference over its sum. Infinity if there is weight where the reference has none
   * (`outsideReference` says in how many entries). Null without a distribution on either side, or without a reference.
   */
  readonly klNats: number | null
  /** How many entries have weight where the reference has exactly 0. */
  readonly outsideReference: number
}

/** Prepares a row, such as softmax of the same logits, to be the reference of {@link rowStats}. O(n). */
export function referenceRow(weights: ArrayLike<number>): Reference {
  const logs = new Float64Array(weights.length)
  let proper = true
  let total = 0
  for (let i = 0; i < logs.length; i++) {
    const weight = weights[i]!
    logs[i] = Math.log(weight)
    // In the order of rowStats, so that a row against itself has a KL of exactly 0.
    total += weight
    if (!(weight >= 0)) proper = false
  }
  return { logs, total, distribution: proper && total > 0 && total < Infinity }
}

/** Running sums of one pass over a row. */
interface Tally {
  total: number
  /** Σ y ln y and Σ y ln(y / q). */
  yLogY: number
  yLogRatio: number
  support: number
  zeros: number
  masked: number
  outside: number
  /** Whether every weight is a number ≥ 0. */
  proper: boolean
  max: number
  argmax: number
}

/**
 * The numbers of a weight row, in one pass and one logarithm an entry.
 * @param y          weights, shape [n]
 * @param reference  of the same length, from {@link referenceRow}; null leaves out KL
 * @param mask       shape [n], true or 1 = kept; left out, all are kept
 * @throws ShapeError if the reference or the mask has another length
 */
export function rowStats(
  y: ArrayLike<number>,
  reference: Reference | null = null,
  mask?: ArrayLike<boolean | number>,
): RowStats {
  for (const [name, other] of [
    ['reference', reference?.logs],
    ['mask', mask],
  ] as const)
    if (other && other.length !== y.length)
      throw new ShapeError(
        `rowStats: ${name} has ${counted(other.length, 'entry', 'entries')}; it must have ${y.length}, one for each weight`,
      )
  const { total, ...tally } = tallyOf(y, reference, mask)
  const distribution = tally.proper && total > 0 && total < Infinity
  // −Σ p ln p = ln Σy − Σ y ln y / Σy. Rounding may leave a one-hot row a hair below 0.
  const entropyNats = distribution ? Math.max(Math.log(total) - tally.yLogY / total, 0) : null
  return {
    sum: total,
    unspent: unspentOf(total, y.length),
    support: tally.support,
    zeros: tally.zeros,
    masked: tally.masked,
    entropyNats,
    entropyBits: entropyNats === null ? null : entropyNats / Math.LN2,
    effectiveEntries: entropyNats === null ? null : Math.exp(entropyNats),
    max: tally.max,
    argmax: tally.argmax,
    klNats: distribution && reference?.distribution ? klOf(tally, total, reference) : null,
    outsideReference: tally.outside,
  }
}

/** A sum of n weights is known to n half-ulps of 1; a smaller gap is rounding. */
const unspentOf = (total: number, n: number) => (1 - total <= n * 2 ** -53 ? 0 : 1 - total)

/** Σ p ln(p / q) = Σ y ln(y / q) / Σy − ln Σy + ln Σq. */
function klOf({ outside, yLogRatio }: Omit<Tally, 'total'>, total: number, reference: Reference): number {
  return outside > 0 ? Infinity : Math.max(yLogRatio / total - Math.log(total) + Math.log(reference.total), 0)
}

function tallyOf(y: ArrayLike<number>, reference: Reference | null, mask?: ArrayLike<boolean | number>): Tally {
  const logs = reference?.logs
  const tally: Tally = {
    total: 0,
    yLogY: 0,
    yLogRatio: 0,
    support: 0,
    zeros: 0,
    masked: 0,
    outside: 0,
    proper: true,
    max: NaN,
    argmax: -1,
  }
  for (let i = 0; i < y.length; i++) {
    const weight = y[i]!
    if (mask && !mask[i]) {
      tally.masked++
      continue
    }
    tally.total += weight
    if (!(weight <= tally.max)) {
      tally.max = weight
      tally.argmax = i
    }
    if (weight === 0) tally.zeros++
    else if (!(weight > 0)) tally.proper = false
    else {
      const log = Math.log(weight)
      tally.support++
      tally.yLogY += weight * log
      if (logs === undefined) continue
      if (logs[i] === -Infinity) tally.outside++
      else tally.yLogRatio += weight * (log - logs[i]!)
    }
  }
  return Number.isNaN(tally.total) ? { ...tally, max: NaN, argmax: -1 } : tally
}
