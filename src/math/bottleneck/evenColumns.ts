import type { Matrix } from '../linalg/matrix.ts'
import { powerAt } from '../linalg/powerNear.ts'

/** Within these a power of two and its inverse leave room for products with what is near 1. */
const mostExponent = 900
/** Columns as near as this to the usual size, in powers of two, are divided by the same: a search by lengths is faster. */
const alike = 12

/** How the columns of a matrix are brought to a size near 1: entry x of column k becomes x · factor[k] − mean[k]. */
export interface EvenColumns {
  /** Column k is divided by 2 to this power, shape [cols]. */
  readonly exponents: Int32Array
  /** The inverse of that, exact. */
  readonly factors: Float64Array
  /** Means of the columns so divided. */
  readonly means: Float64Array
}

/**
 * Powers of two that leave every column, less its mean, with a largest entry near 1, within a factor of 2¹²; a constant
 * column has any power. To divide by them is exact, so that neither order nor differences change within a column.
 */
export function evenColumns(a: Matrix): EvenColumns {
  const zero = new Float64Array(a.cols)
  const first = exponentsOf(a, zero.slice().fill(1), zero)
  const firstFactors = Float64Array.from(first, (e) => 2 ** -e)
  const firstMeans = meansOf(a, firstFactors)
  const second = exponentsOf(a, firstFactors, firstMeans)
  const exponents = first.map((e, k) => bounded(e + second[k]!))
  const usual = exponents.toSorted()[a.cols >> 1]!
  exponents.forEach((e, k) => (exponents[k] = Math.abs(e - usual) <= alike ? usual : e))
  const factors = Float64Array.from(exponents, (e) => 2 ** -e)
  return { exponents, factors, means: firstMeans.map((mean, k) => mean * 2 ** (first[k]! - exponents[k]!)) }
}

/** x · 2^exponent, also where the power alone is no number. */
export function timesPower(x: number, exponent: number): number {
  const half = Math.trunc(exponent / 2)
  return x * 2 ** half * 2 ** (exponent - half)
}

/** Entry k times 2 to exponents[k]. */
export function byPowers(values: Float64Array, exponents: Int32Array): Float64Array {
  const out = new Float64Array(values.length)
  let [exponent, power] = [0, 1]
  for (let k = 0; k < values.length; k++) {
    if (exponents[k]! !== exponent) {
      exponent = exponents[k]!
      power = 2 ** exponent
    }
    out[k] = Math.abs(exponent) < 1000 ? values[k]! * power : timesPower(values[k]!, exponent)
  }
  return out
}

const bounded = (exponent: number): number => Math.min(Math.max(exponent, -mostExponent), mostExponent)

function exponentsOf({ cols, values }: Matrix, factors: Float64Array, means: Float64Array): Int32Array {
  const largest = new Float64Array(cols)
  for (let i = 0, k = 0; i < values.length; i++, k = k + 1 === cols ? 0 : k + 1) {
    const size = Math.abs(values[i]! * factors[k]! - means[k]!)
    if (size > largest[k]!) largest[k] = size
  }
  return Int32Array.from(largest, (size) => bounded(Math.log2(powerAt(size))))
}

function meansOf({ rows, cols, values }: Matrix, factors: Float64Array): Float64Array {
  const means = new Float64Array(cols)
  for (let i = 0, k = 0; i < values.length; i++, k = k + 1 === cols ? 0 : k + 1) {
    means[k]! += (values[i]! * factors[k]!) / rows
  }
  return means
}
