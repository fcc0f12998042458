import { ShapeError } from '../errors.ts'
import { mapEntries, rowOf, selectColumns, sliceRows, stack, transpose, zeros, type Matrix } from '../linalg/matrix.ts'
import { orthonormalColumns, pivotedQr } from '../linalg/pivotedQr.ts'
import { dot, multiplyTransposed, norm, transposedMultiplyVector } from '../linalg/products.ts'
import { singularValues } from '../linalg/singularValues.ts'
import { solve } from '../linalg/solve.ts'
import { thinSvd } from '../linalg/thinSvd.ts'
import { logSoftmax } from '../logSoftmax.ts'
import { centreRows } from './views.ts'

/** All centred outputs a model can give: a space of as many dimensions as its hidden size. */
export interface OutputImage {
  /** Orthonormal rows, shape [d, V]. */
  readonly basis: Matrix
  /** Of the centred outputs that it came from, largest first. */
  readonly singularValues: Float64Array
}

/**
 * The image from outputs of as many prompts as it has dimensions, or more.
 * @param outputs  logits or log-probabilities, shape [n, V]
 * @param dimension  d ≤ min(n, V)
 * @throws ShapeError if there are fewer outputs than dimensions
 */
export function outputImage(outputs: Matrix, dimension: number): OutputImage {
  if (dimension < 1 || dimension > Math.min(outputs.rows, outputs.cols)) {
    throw new ShapeError(`outputImage: ${dimension} dimensions from a matrix of [${outputs.rows}, ${outputs.cols}]`)
  }
  const { s, vt } = thinSvd(centreRows(outputs))
  return { basis: sliceRows(vt, 0, dimension), singularValues: s }
}

/** The tokens whose log-probabilities fix a whole output, and the system that they make. */
export interface FastRecovery {
  readonly basis: Matrix
  /** Whose log-probability the others are compared with. */
  readonly reference: number
  /** d tokens, the most telling first. */
  readonly tokens: readonly number[]
  /** Shape [d, d]: what the basis says of each token less the reference. */
  readonly system: Matrix
  /** How much the recovery can magnify errors. */
  readonly condition: number
}

/** Chooses d tokens by column-pivoted QR of the basis less its reference column. O(V d²) */
export function planFastRecovery({ basis }: OutputImage, reference: number): FastRecovery {
  const shifted = mapEntries(basis, (x, r) => x - basis.values[r * basis.cols + reference]!)
  const tokens = pivotedQr(shifted).pivots.slice(0, basis.rows)
  const system = transpose(selectColumns(shifted, tokens))
  const s = singularValues(system)
  return { basis, reference, tokens, system, condition: s[0]! / s.at(-1)! }
}

/**
 * A whole output from the log-probabilities of the plan's tokens: solves for the coordinates in the image, then
 * normalises.
 * @param logProbabilities  of `tokens`, in their order, nats
 * @returns ln p, shape [V]. O(V d + d³)
 */
export function recoverFast(
  { basis, system }: FastRecovery,
  logProbabilities: readonly number[],
  referenceLogProbability: number,
): Float64Array {
  const differences = logProbabilities.map((logP) => logP - referenceLogProbability)
  return logSoftmax(transposedMultiplyVector(basis, solve(system, differences)))
}

/** ‖c − P c‖ / ‖c‖ of one output, c centred, P the projection on the image: 0 if this model can have given it. */
export function imageResidual({ basis }: OutputImage, output: Float64Array): number {
  const c = rowOf(centreRows({ rows: 1, cols: output.length, values: output }), 0)
  const inside = transposedMultiplyVector(
    basis,
    Array.from({ length: basis.rows }, (_, k) => dot(rowOf(basis, k), c)),
  )
  return norm(c.map((x, i) => x - inside[i]!)) / norm(c)
}

export interface ImageComparison {
  /** Of the principal angles, largest first, at most 1. */
  readonly cosines: Float64Array
  /** √(d − Σ cos²): resolves no less than √ε, about 1e-7. */
  readonly chordalDistance: number
  /** Dimensions of both images together. */
  readonly rankTogether: number
  /** Dimensions that the second image adds to the first. */
  readonly rankChange: number
}

/** @param tolerance  of the rank; default 1e-7, above the noise of exact log-probabilities */
export function compareImages(a: OutputImage, b: OutputImage, tolerance = 1e-7): ImageComparison {
  const cosines = singularValues(multiplyTransposed(a.basis, b.basis)).map((x) => Math.min(x, 1))
  const squares = cosines.reduce((sum, x) => sum + x * x, 0)
  const together = singularValues(stack(a.basis, b.basis))
  const rankTogether = together.reduce((sum, x) => sum + (x > tolerance * together[0]! ? 1 : 0), 0)
  const smaller = Math.min(a.basis.rows, b.basis.rows)
  return {
    cosines,
    chordalDistance: Math.sqrt(Math.max(smaller - squares, 0)),
    rankTogether,
    rankChange: rankTogether - a.basis.rows,
  }
}

/**
 * The output layer up to an unknown linear map: V-side singular vectors times their values, shape [V, d]. Equal to
 * centred W times an invertible d × d matrix that nobody outside can know.
 */
export function recoverOutputLayer({ basis, singularValues: s }: OutputImage): Matrix {
  return transpose(mapEntries(basis, (x, k) => x * s[k]!))
}

/**
 * ‖W − L G‖ / ‖W‖ for the best d × d map G, W with its columns centred: how well a recovered layer L matches the true
 * one.
 */
export function layerMismatch(weights: Matrix, recovered: Matrix): number {
  const centred = transpose(centreRows(transpose(weights)))
  const q = orthonormalColumns(recovered)
  const difference = zeros(centred.rows, centred.cols)
  difference.values.set(centred.values)
  for (let c = 0; c < centred.cols; c++) {
    const column = Float64Array.from({ length: centred.rows }, (_, r) => centred.values[r * centred.cols + c]!)
    const along = transposedMultiplyVector(q, column)
    for (let r = 0; r < centred.rows; r++) difference.values[r * centred.cols + c]! -= dot(rowOf(q, r), along)
  }
  return norm(difference.values) / norm(centred.values)
}
