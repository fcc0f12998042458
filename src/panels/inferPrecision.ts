import { roundToBf16, roundToF16, type Precision } from '../math/bottleneck/precision.ts'

/** Fewer entries than this could share a grid by chance, or because someone chose them so. */
const leastEntries = 64
const mostDecimals = 9
/** Of rounded numbers half lie on odd points of a binary grid, and nine in ten need the last decimal; of exact ones fewer. */
const leastShare = 0.25

/**
 * How numbers were rounded before they were stored, where they tell it beyond doubt: all of them lie on the grid of a
 * count of decimals, or of a float format, and enough of them need its last digit or bit. Null where that is not so: for
 * float64, for few entries, and for whole numbers and others that may well be exact.
 * @param dtype  as the file calls it: `float32`, `BF16`, `text`
 */
export function inferPrecision(values: Float64Array, dtype: string): Precision | null {
  if (values.length < leastEntries) return null
  return decimalsOf(values, storing(dtype)) ?? floatOf(values)
}

interface Storing {
  /** To the nearest number that the file can hold. */
  readonly round: (x: number) => number
  /** Distance of two neighbours near 1. */
  readonly step: number
}

function storing(dtype: string): Storing {
  if (/^bf(loat)?16$/i.test(dtype)) return { round: roundToBf16, step: 2 ** -7 }
  if (/^f(loat)?16$/i.test(dtype)) return { round: roundToF16, step: 2 ** -10 }
  if (/^f(loat)?32$/i.test(dtype)) return { round: Math.fround, step: 2 ** -23 }
  return { round: (x) => x, step: 2 ** -52 }
}

function decimalsOf(values: Float64Array, { round, step }: Storing): Precision | null {
  const largest = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  for (let decimals = 0; decimals <= mostDecimals; decimals++) {
    const scale = 10 ** decimals
    // So fine a grid holds any number that the file can.
    if (1 / scale < 16 * step * largest) return null
    if (!values.every((x) => round(Math.round(x * scale) / scale) === x)) continue
    const needLast = count(values, (x) => Math.round(x * scale) % 10 !== 0)
    return decimals > 0 && isRounded(needLast, values) && usesDigits(values, scale) ? { decimals } : null
  }
  return null
}

/** Halves and quarters lie on a decimal grid too, but end in few digits. */
function usesDigits(values: Float64Array, scale: number): boolean {
  return new Set(Array.from(values, (x) => Math.abs(Math.round(x * scale)) % 10)).size >= 8
}

const floats = [
  { id: 'bf16', round: roundToBf16, fraction: 7, least: -126 },
  { id: 'f16', round: roundToF16, fraction: 10, least: -14 },
  { id: 'f32', round: Math.fround, fraction: 23, least: -126 },
] as const

function floatOf(values: Float64Array): Precision | null {
  const format = floats.find(({ round }) => values.every((x) => round(x) === x))
  if (format === undefined) return null
  const { id, fraction, least } = format
  const isOdd = (x: number) => {
    if (x === 0) return false
    const exponent = Math.max(Math.floor(Math.log2(Math.abs(x))), least)
    return Math.abs(x / 2 ** (exponent - fraction)) % 2 === 1
  }
  return isRounded(count(values, isOdd), values) ? id : null
}

function count(values: Float64Array, is: (x: number) => boolean): number {
  let found = 0
  for (const x of values) if (is(x)) found++
  return found
}

const isRounded = (found: number, values: Float64Array): boolean => found >= leastShare * values.length
