import { Matrix as MlMatrix, SingularValueDecomposition } from 'ml-matrix'
import { checkFinite, zeros, type Matrix } from './matrix.ts'

/** A = U diag(s) Vᵀ with k = min(rows, cols). */
export interface ThinSvd {
  /** Orthonormal columns, shape [rows, k]. */
  readonly u: Matrix
  /** Largest first, shape [k]. */
  readonly s: Float64Array
  /** Orthonormal rows: Vᵀ, shape [k, cols]. */
  readonly vt: Matrix
}

/**
 * Thin singular value decomposition with vectors; for the values alone {@link singularValues} is faster.
 * @throws ShapeError if the matrix is empty; DomainError if an entry is not finite
 * O(m n²)
 */
export function thinSvd(a: Matrix): ThinSvd {
  checkFinite('thinSvd', a)
  const svd = new SingularValueDecomposition(asMl(a), { autoTranspose: true })
  const k = Math.min(a.rows, a.cols)
  const left = svd.leftSingularVectors
  const right = svd.rightSingularVectors
  const u = zeros(a.rows, k)
  const vt = zeros(k, a.cols)
  for (let i = 0; i < k; i++) {
    for (let r = 0; r < a.rows; r++) u.values[r * k + i] = left.get(r, i)
    for (let c = 0; c < a.cols; c++) vt.values[i * a.cols + c] = right.get(c, i)
  }
  return { u, s: Float64Array.from(svd.diagonal.slice(0, k)), vt }
}

function asMl({ rows, cols, values }: Matrix): MlMatrix {
  const out = new MlMatrix(rows, cols)
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) out.set(r, c, values[r * cols + c]!)
  }
  return out
}
