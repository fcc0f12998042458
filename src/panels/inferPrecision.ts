import { roundToBf16, roundToF16, type Precision } from '../math/bottleneck/precision.ts'

/** Fewer entries than this could share a grid by chance, or because someone chose them so. */
const leastEntries = 64
const mostDecimals = 9
/** Of rounded numbers half lie on odd points of a binary grid, and nine in ten need the last decimal; of exact ones fewer. */
const leastShare = 0.25

/** Entries looked at between two yields: a few milliseconds. */
const piece = 2 ** 14

/** Yields how much of a pass over the entries is done, 0 to 1; how many passes there are depends on what they find. */
type Steps<T> = Generator<number, T, void>

/**
 * How numbers were rounded before they were stored, where they tell it beyond doubt: all of them lie on the grid of a
 * count of decimals, or of a float format, and enough of them need its last digit or bit. Null where that is not so: for
 * float64, for few entries, and for whole numbers and others that may well be exact.
 * @param dtype  as the file calls it: `float32`, `BF16`, `text`
 */
export function* inferPrecisionSteps(values: Float64Array, dtype: string): Steps<Precision | null> {
  if (values.length < leastEntries) return null
  return (yield* decimalsOf(values, storing(dtype))) ?? (yield* floatOf(values))
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

function* decimalsOf(values: Float64Array, { round, step }: Storing): Steps<Precision | null> {
  let largest = 0
  yield* every(values, (x) => {
    largest = Math.max(largest, Math.abs(x))
    return true
  })
  for (let decimals = 0; decimals <= mostDecimals; decimals++) {
    const scale = 10 ** decimals
    // So fine a grid holds any number that the file can.
    if (1 / scale < 16 * step * largest) return null
    if (!(yield* every(values, (x) => round(Math.round(x * scale) / scale) === x))) continue
    return decimals > 0 && (yield* needsDigit(values, scale)) ? { decimals } : null
  }
  return null
}

/** Halves and quarters lie on a decimal grid too, but end in few digits. */
function* needsDigit(values: Float64Array, scale: number): Steps<boolean> {
  const ends = new Float64Array(10)
  yield* every(values, (x) => {
    ends[Math.abs(Math.round(x * scale)) % 10]! += 1
    return true
  })
  return isRounded(values.length - ends[0]!, values) && ends.filter((count) => count > 0).length >= 8
}

const floats = [
  { id: 'bf16', round: roundToBf16, fraction: 7, least: -126 },
  { id: 'f16', round: roundToF16, fraction: 10, least: -14 },
  { id: 'f32', round: Math.fround, fraction: 23, least: -126 },
] as const

function* floatOf(values: Float64Array): Steps<Precision | null> {
  for (const { id, round, fraction, least } of floats) {
    if (!(yield* every(values, (x) => round(x) === x))) continue
    let odd = 0
    yield* every(values, (x) => {
      if (isOdd(x, fraction, least)) odd++
      return true
    })
    return isRounded(odd, values) ? id : null
  }
  return null
}

/** Whether a number of a float format needs the last of its fraction's bits. */
function isOdd(x: number, fraction: number, least: number): boolean {
  if (x === 0) return false
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(x))), least)
  return Math.abs(x / 2 ** (exponent - fraction)) % 2 === 1
}

/** False from the first entry on that is not as asked. */
function* every(values: Float64Array, is: (x: number) => boolean): Steps<boolean> {
  for (let from = 0; from < values.length; from += piece) {
    if (!values.subarray(from, from + piece).every(is)) return false
    yield Math.min(1, (from + piece) / values.length)
  }
  return true
}

const isRounded = (found: number, values: Float64Array): boolean => found >= leastShare * values.length
