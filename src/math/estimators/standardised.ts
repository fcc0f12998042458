import { powerNear } from '../linalg/powerNear.ts'
import type { Samples } from './sample.ts'

/** Each column with mean 0 and standard deviation 1 (n in the denominator); a constant column becomes 0. O(n d). */
export function standardised(X: Samples): Samples {
  const { rows, cols } = X
  const values = new Float64Array(X.values.length)
  const column = new Float64Array(rows)
  for (let c = 0; c < cols; c++) {
    for (let r = 0; r < rows; r++) column[r] = X.values[r * cols + c]!
    const scale = powerNear(column)
    for (let r = 0; r < rows; r++) column[r]! /= scale
    // From the first value on, so that the mean of equal ones is exact however many there are.
    const first = column[0]!
    let mean = first
    let variance = 0
    for (let r = 0; r < rows; r++) mean += (column[r]! - first) / rows
    for (let r = 0; r < rows; r++) variance += (column[r]! - mean) ** 2 / rows
    const spread = Math.sqrt(variance)
    // Columns that arithmetic made equal may still differ by round-off.
    if (spread <= 1e-14 * Math.abs(mean)) continue
    for (let r = 0; r < rows; r++) values[r * cols + c] = (column[r]! - mean) / spread
  }
  return { rows, cols, values }
}
