import { Matrix as MlMatrix, SingularValueDecomposition } from 'ml-matrix'
import { checkFinite, mapEntries, transpose, zeros, type Matrix } from './matrix.ts'
import { orthonormalColumns } from './pivotedQr.ts'
import { powerNear } from './powerNear.ts'
import { multiply, multiplyTransposed } from './products.ts'

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
 * Thin singular value decomposition with vectors; for the values alone {@link singularValues} is faster. A long matrix is
 * first written as Q R, so that the iteration sees only the square R.
 * @throws ShapeError if the matrix is empty; DomainError if an entry is not finite
 * O(m n²). Source: Golub & Van Loan, Matrix Computations, 4th edition, section 8.6 (R-SVD).
 */
export function thinSvd(a: Matrix): ThinSvd {
  checkFinite('thinSvd', a)
  if (a.rows < a.cols) {
    const { u, s, vt } = thinSvd(transpose(a))
    return { u: transpose(vt), s, vt: transpose(u) }
  }
  if (a.rows <= 1.4 * a.cols) return directSvd(a)
  const scale = powerNear(a.values)
  const near1 = mapEntries(a, (x) => x / scale)
  const q = orthonormalColumns(near1)
  const { u, s, vt } = directSvd(multiplyTransposed(transpose(q), transpose(near1)))
  return { u: multiply(q, u), s: s.map((x) => x * scale), vt }
}

function directSvd(a: Matrix): ThinSvd {
  const svd = new SingularValueDecomposition(asMl(a))
  const k = a.cols
  const left = svd.leftSingularVectors
  const right = svd.rightSingularVectors
  const u = zeros(a.rows, k)
  const vt = zeros(k, k)
  for (let i = 0; i < k; i++) {
    for (let r = 0; r < a.rows; r++) u.values[r * k + i] = left.get(r, i)
    for (let c = 0; c < k; c++) vt.values[i * k + c] = right.get(c, i)
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
