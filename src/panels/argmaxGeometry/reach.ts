import { rowOf, type Matrix } from '../../math/linalg/matrix.ts'
import { norm } from '../../math/linalg/products.ts'

const steps = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]

/** Half the side of a picture round the origin that holds every row, turned as it may be, with some air: a round number. */
export function reachOf(rows: Matrix): number {
  const sizes = rows.cols === 3 ? Float64Array.from({ length: rows.rows }, (_, r) => norm(rowOf(rows, r))) : rows.values
  const largest = sizes.reduce((max, x) => Math.max(max, Math.abs(x)), 0)
  if (largest === 0) return 1
  const needed = 1.15 * largest
  const power = 10 ** Math.floor(Math.log10(needed))
  return Number((power * (steps.find((step) => step * power >= needed) ?? 10)).toPrecision(3))
}
