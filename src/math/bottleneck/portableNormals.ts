import type { Matrix } from '../linalg/matrix.ts'
import { mulberry32 } from '../random/mulberry32.ts'
import type { Rng } from '../random/rng.ts'

/**
 * Twelve uniform numbers summed, less 6: mean 0, variance 1, within ±6 (the Irwin–Hall distribution).
 * Sums of multiples of 2⁻³² are exact, so these normals are the same bit for bit on every engine; those that take a
 * logarithm or a cosine are not.
 */
export function irwinHall(draw: Rng): number {
  let sum = 0
  for (let i = 0; i < 12; i++) sum += draw()
  return sum - 6
}

/** A matrix of {@link irwinHall} numbers times `scale`, row-major from one stream: the same everywhere. */
export function portableNormals(seed: number, rows: number, cols: number, scale = 1): Matrix {
  const draw = mulberry32(seed)
  const values = new Float64Array(rows * cols)
  for (let i = 0; i < values.length; i++) values[i] = irwinHall(draw) * scale
  return { rows, cols, values }
}
