import { DomainError, ShapeError } from '../errors.ts'
import type { Matrix } from './matrix.ts'

/**
 * The solution of A x = b by elimination with row pivoting.
 * @param b  shape [n]
 * @throws ShapeError if A is not square of b's size; DomainError if A is singular
 * O(n³)
 */
export function solve(a: Matrix, b: ArrayLike<number>): Float64Array {
  const n = a.rows
  if (a.cols !== n || b.length !== n) throw new ShapeError(`solve: [${n}, ${a.cols}] with ${b.length} right-hand sides`)
  const lu = a.values.slice()
  const x = Float64Array.from(b)
  for (let k = 0; k < n; k++) {
    const pivot = largestBelow(lu, n, k)
    if (lu[pivot * n + k] === 0) throw new DomainError(`solve: the matrix is singular (column ${k})`)
    if (pivot !== k) swapRows(lu, x, n, k, pivot)
    for (let r = k + 1; r < n; r++) {
      const factor = lu[r * n + k]! / lu[k * n + k]!
      if (factor === 0) continue
      for (let c = k + 1; c < n; c++) lu[r * n + c]! -= factor * lu[k * n + c]!
      x[r]! -= factor * x[k]!
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let c = k + 1; c < n; c++) x[k]! -= lu[k * n + c]! * x[c]!
    x[k]! /= lu[k * n + k]!
  }
  return x
}

function largestBelow(lu: Float64Array, n: number, k: number): number {
  let best = k
  for (let r = k + 1; r < n; r++) if (Math.abs(lu[r * n + k]!) > Math.abs(lu[best * n + k]!)) best = r
  return best
}

function swapRows(lu: Float64Array, x: Float64Array, n: number, i: number, j: number): void {
  for (let c = 0; c < n; c++) [lu[i * n + c], lu[j * n + c]] = [lu[j * n + c]!, lu[i * n + c]!]
  ;[x[i], x[j]] = [x[j]!, x[i]!]
}
