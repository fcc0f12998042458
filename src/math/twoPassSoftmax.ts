/** A positive number mantissa · 2^exponent whose exponent is a number of its own, so that it cannot overflow. */
export interface ScaledNumber {
  readonly mantissa: number
  readonly exponent: number
}

/** ln 2 in two parts: the last 21 bits of the first are 0, so its product with an exponent below 2²¹ is exact. */
const ln2High = 0.6931471803691238
const ln2Low = 1.9082149292705877e-10

/** From here on exp(x) cannot be told apart from its neighbours: |x| ulp is above 1. */
const leastUnknown = 2 ** 52

/**
 * exp(x) as mantissa · 2^exponent, exponent = round(x / ln 2), mantissa in [2^−½, 2^½].
 * @param x  finite, or −Infinity, which is 0 · 2^−∞; NaN and +Infinity give NaN. Beyond |x| = 2⁵² nothing of the mantissa is known; it is 1.
 * Source: Dukhan & Ablavatski 2020, arXiv:2001.04438.
 */
export function scaledExp(x: number): ScaledNumber {
  if (x === -Infinity) return { mantissa: 0, exponent: -Infinity }
  if (x === Infinity) return { mantissa: NaN, exponent: NaN }
  const exponent = Math.round(x * Math.LOG2E)
  if (Math.abs(x) >= leastUnknown) return { mantissa: 1, exponent }
  // Adding 0 turns the −0 of a small negative x into 0.
  return { mantissa: Math.exp(x - exponent * ln2High - exponent * ln2Low), exponent: exponent + 0 }
}

/** a + b, on the larger of the two exponents. */
export function addScaled(a: ScaledNumber, b: ScaledNumber): ScaledNumber {
  const exponent = a.exponent > b.exponent || Number.isNaN(a.exponent) ? a.exponent : b.exponent
  return { mantissa: aligned(a, exponent) + aligned(b, exponent), exponent }
}

const aligned = ({ mantissa, exponent }: ScaledNumber, to: number) =>
  exponent === to || mantissa === 0 ? mantissa : mantissa * 2 ** (exponent - to)

/** Σ exp(x) without looking for the maximum first. Shape [n] → one number. */
export function scaledExpSum(x: ArrayLike<number>): ScaledNumber {
  let total: ScaledNumber = { mantissa: 0, exponent: -Infinity }
  for (let i = 0; i < x.length; i++) total = addScaled(total, scaledExp(x[i]!))
  return total
}

/**
 * Softmax in two passes, none of which looks for the maximum: exponentials are kept with exponents of their own.
 *   y = (m / m_s) 2^(n − n_s), exp(x) = m 2^n, Σ exp(x) = m_s 2^(n_s)
 * @param x  logits, shape [n]; −Infinity entries are dropped; a NaN or +Infinity makes the row NaN
 * @returns  y, shape [n]; zeros if nothing is kept
 * O(n). Source: Dukhan & Ablavatski 2020, arXiv:2001.04438.
 */
export function twoPassSoftmax(x: ArrayLike<number>): Float64Array {
  const total = scaledExpSum(x)
  if (Number.isNaN(total.mantissa)) return new Float64Array(x.length).fill(NaN)
  return Float64Array.from(x, (value) =>
    value === -Infinity ? 0 : aligned(scaledExp(value), total.exponent) / total.mantissa,
  )
}
