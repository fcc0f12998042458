import { mapEntries, type Matrix } from '../linalg/matrix.ts'
import { largestMagnitude } from '../reductions.ts'

/** How numbers are stored: a float format, 8-bit integers with one scale, or a count of decimals. */
export type Precision = 'f64' | 'f32' | 'f16' | 'bf16' | 'int8' | { readonly decimals: number }

const bits = new DataView(new ArrayBuffer(4))

/** The exponent of a float32 that is not 0: ⌊log₂ |x|⌋, or −127 for subnormals. */
function exponentOf(x: number): number {
  bits.setFloat32(0, x)
  return ((bits.getUint32(0) >>> 23) & 255) - 127
}

/** To the nearest whole number, halves to the even one. */
function roundHalfEven(x: number): number {
  const below = Math.floor(x)
  const over = x - below
  if (over === 0.5) return below % 2 === 0 ? below : below + 1
  return over < 0.5 ? below : below + 1
}

/** To the nearest half precision number, from float32; beyond 65504 infinite. */
export function roundToF16(x: number): number {
  const single = Math.fround(x)
  if (single === 0 || !Number.isFinite(single)) return single
  const step = 2 ** (Math.max(exponentOf(single), -14) - 10)
  const rounded = roundHalfEven(single / step) * step
  return Math.abs(rounded) > 65504 ? Math.sign(rounded) * Infinity : rounded
}

/** To the nearest bfloat16, from float32. */
export function roundToBf16(x: number): number {
  const single = Math.fround(x)
  if (single === 0 || !Number.isFinite(single)) return single
  const step = 2 ** (Math.max(exponentOf(single), -126) - 7)
  return Math.fround(roundHalfEven(single / step) * step)
}

/** To this many decimals, halves upwards. */
export function roundToDecimals(x: number, decimals: number): number {
  const scale = 10 ** decimals
  return Math.floor(x * scale + 0.5) / scale
}

/** Every entry rounded as the format stores it; int8 takes one scale, max |x| / 127, for the whole matrix. */
export function roundMatrix(a: Matrix, precision: Precision): Matrix {
  if (typeof precision === 'object') return mapEntries(a, (x) => roundToDecimals(x, precision.decimals))
  switch (precision) {
    case 'f64':
      return a
    case 'f32':
      return mapEntries(a, Math.fround)
    case 'f16':
      return mapEntries(a, roundToF16)
    case 'bf16':
      return mapEntries(a, roundToBf16)
    case 'int8': {
      const scale = largestMagnitude(a.values) / 127 || 1
      return mapEntries(a, (x) => Math.min(127, Math.max(-127, Math.floor(x / scale + 0.5))) * scale)
    }
  }
}

const exponentBias = 1023

/** How many entries have each exponent ⌊log₂ |x|⌋ + 1023, shape [2048]; zeros, and subnormals below 2⁻¹⁰²², at none. */
function exponentCounts(values: Float64Array): Float64Array {
  const counts = new Float64Array(2048)
  const double = new DataView(new ArrayBuffer(8))
  for (let i = 0; i < values.length; i++) {
    double.setFloat64(0, values[i]!)
    counts[(double.getUint32(0) >>> 20) & 2047]! += 1
  }
  counts[0] = 0
  return counts
}

const fractionBits = { f32: 23, f16: 10, bf16: 7 } as const
/** Below 2 to this, numbers of a format are subnormal: they lie one step apart, however small. */
const leastExponent = { f32: -126, f16: -14, bf16: -126 } as const

/**
 * Standard deviation of the error of rounding these entries: √(mean ulp² / 12) for a float format, step / √12 for a
 * fixed step. 0 for f64, where rounding is not what limits.
 */
export function roundingSigma(a: Matrix, precision: Precision): number {
  if (typeof precision === 'object') return 10 ** -precision.decimals / Math.sqrt(12)
  if (precision === 'f64') return 0
  if (precision === 'int8') return largestMagnitude(a.values) / 127 / Math.sqrt(12)
  let sum = 0
  exponentCounts(a.values).forEach((count, e) => {
    const exponent = Math.max(e - exponentBias, leastExponent[precision])
    if (count > 0) sum += count * 2 ** (2 * (exponent - fractionBits[precision]))
  })
  return Math.sqrt(sum / a.values.length / 12)
}
