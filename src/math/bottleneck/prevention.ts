import { mapEntries, rowOf, type Matrix } from '../linalg/matrix.ts'
import { powerNear } from '../linalg/powerNear.ts'
import { dot, norm } from '../linalg/products.ts'

/**
 * Every row divided by its length: on a sphere no row lies inside the hull of the others. A row of zeros stays, inside
 * the hull of the others or outside.
 */
export function unitRows(weights: Matrix): Matrix {
  // By the power first: a square of 1e-200 would be 0.
  const powers = Float64Array.from({ length: weights.rows }, (_, r) => powerNear(rowOf(weights, r)))
  const near = mapEntries(weights, (x, r) => x / powers[r]!)
  const lengths = Float64Array.from({ length: weights.rows }, (_, r) => norm(rowOf(near, r)) || 1)
  return mapEntries(near, (x, r) => x / lengths[r]!)
}

/** bᵢ = −½ ‖wᵢ‖²: then the nearest row wins, and each wins at itself (Voronoi cells). Shape [V]. */
export function voronoiBias(weights: Matrix): Float64Array {
  return Float64Array.from({ length: weights.rows }, (_, r) => -dot(rowOf(weights, r), rowOf(weights, r)) / 2)
}
