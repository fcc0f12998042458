import { readFileSync } from 'node:fs'
import { portableNormals } from '../../../src/math/bottleneck/portableNormals.ts'
import type { Matrix } from '../../../src/math/linalg/matrix.ts'
import { multiplyTransposed } from '../../../src/math/linalg/products.ts'

/** A golden file; the caller names the part of its shape that it reads. */
export const golden = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../fixtures/bottleneck/${name}.json`, import.meta.url), 'utf8')) as T

/** W = normals / √d and H = normals · scale, as every golden file makes them. */
export const weights = (seed: number, rows: number, d: number): Matrix =>
  portableNormals(seed, rows, d, 1 / Math.sqrt(d))
export const hidden = (seed: number, rows: number, d: number, scale: number): Matrix =>
  portableNormals(seed, rows, d, scale)
export const logits = (h: Matrix, w: Matrix): Matrix => multiplyTransposed(h, w)

/** Largest |aᵢ − bᵢ|; NaN if one is. */
export function largestError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let worst = 0
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!)
    worst = error > worst || Number.isNaN(error) ? error : worst
  }
  return worst
}
