/**
 * A power of two at the largest entry: to divide by it is exact, and afterwards no entry, and no square of one, overflows.
 * 1 where there are only zeros.
 */
export function powerNear(values: Float64Array): number {
  let largest = 0
  for (const value of values) largest = Math.max(largest, Math.abs(value))
  return largest === 0 ? 1 : 2 ** Math.max(Math.floor(Math.log2(largest)), -1000)
}
