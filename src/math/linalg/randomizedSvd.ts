import { ShapeError } from '../errors.ts'
import { gaussians } from '../random/gaussian.ts'
import type { Rng } from '../random/rng.ts'
import { transpose, zeros, type Matrix } from './matrix.ts'
import { orthonormalColumns } from './pivotedQr.ts'
import { multiply, multiplyTransposed } from './products.ts'
import { thinSvd, type ThinSvd } from './thinSvd.ts'

/** A large matrix known only by what it does: its products may run on a GPU, in float32. */
export interface LinearMap {
  readonly rows: number
  readonly cols: number
  /** A X, shape [rows, l], for X of shape [cols, l]. */
  readonly apply: (x: Matrix) => Promise<Matrix> | Matrix
  /** Aᵀ Y, shape [cols, l], for Y of shape [rows, l]. */
  readonly applyTransposed: (y: Matrix) => Promise<Matrix> | Matrix
}

/** A matrix as a map, in float64 on this thread. */
export const linearMap = (a: Matrix): LinearMap => ({
  rows: a.rows,
  cols: a.cols,
  apply: (x) => multiply(a, x),
  applyTransposed: (y) => multiply(transpose(a), y),
})

export interface SketchOptions {
  /** Sketch columns beyond the rank; default 16. */
  readonly oversampling?: number
  /** Products with A Aᵀ; default 1. */
  readonly powerSteps?: number
  /** Called between two steps with the fraction that is done, 0 to 1; what it throws ends the work. */
  readonly between?: (fraction: number) => Promise<void> | void
}

/**
 * The largest `rank` singular values and vectors from a random sketch, sharpened by power steps.
 * With products in float32 the values carry 3e-8 of s₁, and a floor at 5e-8 s₁ appears that is not in the matrix: say
 * so beside a picture.
 * @param rank  how many are wanted; 1 ≤ rank ≤ min(rows, cols)
 * @param rng  uniform on [0, 1)
 * @throws ShapeError if the rank is out of range
 * O(rows · cols · (rank + oversampling)). Source: Halko, Martinsson & Tropp 2011, arXiv:0909.4061, algorithm 4.4.
 */
export async function randomizedSvd(
  a: LinearMap,
  rank: number,
  rng: Rng,
  options: SketchOptions = {},
): Promise<ThinSvd> {
  const { basis, rest } = await sketch(a, rank, rng, options)
  const { u, s, vt } = thinSvd(rest)
  return {
    u: firstColumns(multiplyTransposed(basis, vt), rank),
    s: s.slice(0, rank),
    vt: transpose(firstColumns(u, rank)),
  }
}

/** A ≈ Q B, by what a random sketch finds of its columns. */
export interface Sketch {
  /** Q, shape [rows, rank + oversampling]: orthonormal columns that span what matters of those of A. */
  readonly basis: Matrix
  /** Bᵀ = Aᵀ Q, tall and thin; its singular values are nearly the largest of A, and none is larger. */
  readonly rest: Matrix
}

/**
 * What {@link randomizedSvd} makes its factors of.
 * @throws ShapeError if the rank is out of range
 */
export async function sketch(
  a: LinearMap,
  rank: number,
  rng: Rng,
  { oversampling = 16, powerSteps = 1, between }: SketchOptions = {},
): Promise<Sketch> {
  const limit = Math.min(a.rows, a.cols)
  if (!(rank >= 1 && rank <= limit)) throw new ShapeError(`randomizedSvd: rank ${rank}; it must be 1 to ${limit}`)
  const width = Math.min(rank + oversampling, limit)
  const steps = 2 * powerSteps + 2
  let basis = orthonormalColumns(await a.apply({ rows: a.cols, cols: width, values: gaussians(rng, a.cols * width) }))
  await between?.(1 / steps)
  for (let step = 0; step < powerSteps; step++) {
    const dual = orthonormalColumns(await a.applyTransposed(basis))
    await between?.((2 * step + 2) / steps)
    basis = orthonormalColumns(await a.apply(dual))
    await between?.((2 * step + 3) / steps)
  }
  const rest = await a.applyTransposed(basis)
  await between?.(1)
  return { basis, rest }
}

function firstColumns({ rows, cols, values }: Matrix, count: number): Matrix {
  const out = zeros(rows, count)
  for (let r = 0; r < rows; r++) out.values.set(values.subarray(r * cols, r * cols + count), r * count)
  return out
}
