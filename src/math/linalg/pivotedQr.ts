import { reflect, reflector } from './householder.ts'
import { checkFinite, transpose, zeros, type Matrix } from './matrix.ts'
import { powerNear } from './powerNear.ts'

export interface PivotedQr {
  /** Columns of A in the order they were taken: each the longest of what the ones before leave. Shape [cols]. */
  readonly pivots: number[]
  /** |Rₖₖ|, largest first, shape [min(rows, cols)]: a cheap picture of the rank. */
  readonly diagonal: Float64Array
}

/**
 * QR with column pivoting: which columns of A span its range best, one after the other.
 * @throws ShapeError if the matrix is empty; DomainError if an entry is not finite
 * O(rows · cols · min(rows, cols)). Source: Businger & Golub 1965, "Linear least squares solutions by Householder
 * transformations".
 */
export function pivotedQr(a: Matrix): PivotedQr {
  checkFinite('pivotedQr', a)
  const { rows, cols } = a
  const { values } = transpose(a)
  const columns = Array.from({ length: cols }, (_, c) => values.subarray(c * rows, (c + 1) * rows))
  const pivots = columns.map((_, c) => c)
  const diagonal = new Float64Array(Math.min(rows, cols))
  for (let k = 0; k < diagonal.length; k++) {
    const longest = longestFrom(columns, k)
    swap(columns, k, longest)
    swap(pivots, k, longest)
    const { tau, beta } = reflector(columns[k]!, k)
    diagonal[k] = Math.abs(beta)
    for (let c = k + 1; c < cols; c++) reflect(columns[c]!, columns[k]!, tau, k)
  }
  return { pivots, diagonal }
}

/** Index ≥ k of the column whose entries from row k on are longest; the lengths are computed anew, so none decays. */
function longestFrom(columns: readonly Float64Array[], k: number): number {
  let best = k
  let bestLength = -1
  for (let c = k; c < columns.length; c++) {
    const column = columns[c]!
    let length = 0
    for (let r = k; r < column.length; r++) length += column[r]! ** 2
    if (length > bestLength) [best, bestLength] = [c, length]
  }
  return best
}

function swap<T>(list: T[], i: number, j: number): void {
  ;[list[i], list[j]] = [list[j]!, list[i]!]
}

/**
 * Orthonormal basis of the columns of a tall matrix, shape [rows, cols], by Householder QR; for columns that are
 * linearly independent, the k-th basis column lies in the span of the first k.
 * @throws ShapeError if the matrix is empty; DomainError if an entry is not finite
 */
export function orthonormalColumns(a: Matrix): Matrix {
  checkFinite('orthonormalColumns', a)
  const { rows, cols } = a
  const { values } = transpose(a)
  // The basis is the same, and no square of an entry overflows in the reflections.
  const scale = powerNear(values)
  for (let i = 0; i < values.length; i++) values[i]! /= scale
  const columns = Array.from({ length: cols }, (_, c) => values.subarray(c * rows, (c + 1) * rows))
  const taus = columns.map((column, k) => {
    const { tau } = reflector(column, k)
    for (let c = k + 1; c < cols; c++) reflect(columns[c]!, column, tau, k)
    return tau
  })
  const q = zeros(rows, cols)
  for (let c = 0; c < cols; c++) {
    const column = new Float64Array(rows)
    column[c] = 1
    // Later reflections touch only entries that are 0 here.
    for (let k = c; k >= 0; k--) reflect(column, columns[k]!, taus[k]!, k)
    for (let r = 0; r < rows; r++) q.values[r * cols + c] = column[r]!
  }
  return q
}
