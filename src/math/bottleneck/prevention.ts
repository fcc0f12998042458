import { mapEntries, rowOf, type Matrix } from '../linalg/matrix.ts'
import { dot, norm } from '../linalg/products.ts'

/** Every row divided by its length: on a sphere no row lies inside the hull of the others. A row of zeros stays. */
export function unitRows(weights: Matrix): Matrix {
  const lengths = Float64Array.from({ length: weights.rows }, (_, r) => norm(rowOf(weights, r)) || 1)
  return mapEntries(weights, (x, r) => x / lengths[r]!)
}

/** bᵢ = −½ ‖wᵢ‖²: then the nearest row wins, and each wins at itself (Voronoi cells). Shape [V]. */
export function voronoiBias(weights: Matrix): Float64Array {
  return Float64Array.from({ length: weights.rows }, (_, r) => -dot(rowOf(weights, r), rowOf(weights, r)) / 2)
}
