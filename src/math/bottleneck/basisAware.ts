import { ShapeError } from '../errors.ts'
import { BoundedSimplex } from '../linalg/boundedSimplex.ts'
import { rowOf, sliceRows, transpose, zeros, type Matrix } from '../linalg/matrix.ts'
import { multiplyTransposed } from '../linalg/products.ts'
import { thinSvd } from '../linalg/thinSvd.ts'

export interface BasisAwareVerdict {
  /** Probability at least τ: the threshold alone proves the token possible. */
  readonly byThreshold: boolean
  /** The threshold, or the geometry of the output layer, proves it. */
  readonly accepted: boolean
  /** The least true probability that fits what the model says, for tokens below τ; NaN for the others. */
  readonly margin: number
}

const acceptedAbove = 1e-9

/**
 * Basis-aware truncation: which tokens certainly have a true probability above 0, if the model's p̂ underestimates no
 * token by more than the factor 1 − τ and was trained to least cross-entropy, so that Wᵀq = Wᵀp̂ for the true q:
 *   margin_j = min q_j  over  Wᵀq = Wᵀp̂, Σ q = 1, 0 ≤ q ≤ p̂ / (1 − τ)
 * Accepts all that the threshold τ accepts and some below it; the tokens kept need not be the most probable ones.
 * @param weights  W, shape [V, d]
 * @param p  p̂, shape [V]
 * @param tau  0 ≤ τ < 1
 * @param components  use only this many leading singular coordinates of W, which accepts fewer tokens; null for all
 * @throws ShapeError if lengths differ
 * One linear program of V variables and d + 1 rows a token below τ.
 * Source: Finlayson et al. 2023, arXiv:2310.01693.
 */
export function basisAwareTruncation(
  weights: Matrix,
  p: Float64Array,
  tau: number,
  components: number | null = null,
): BasisAwareVerdict[] {
  if (p.length !== weights.rows)
    throw new ShapeError(`basisAwareTruncation: ${p.length} probabilities, ${weights.rows} rows`)
  const program = feasibleProgram(components === null ? weights : leading(weights, components), p, tau)
  const cost = new Float64Array(program.size)
  return Array.from(p, (probability, token) => {
    if (probability >= tau) return { byThreshold: true, accepted: true, margin: NaN }
    cost[token] = 1
    const margin = Math.max(program.simplex.minimise(cost), 0) * probability
    cost[token] = 0
    return { byThreshold: false, accepted: margin > acceptedAbove, margin }
  })
}

/** W in the coordinates of its `count` leading right singular vectors. */
const leading = (weights: Matrix, count: number): Matrix =>
  multiplyTransposed(weights, sliceRows(thinSvd(weights).vt, 0, count))

/**
 * The polytope in y = q / p̂, with each row scaled by its largest entry, at one of its vertices. The vertex is reached
 * from artificial variables, one a row, which are then held at 0.
 */
function feasibleProgram(weights: Matrix, p: Float64Array, tau: number) {
  const count = p.length
  const rows = weights.cols + 1
  const scaled = zeros(rows, count)
  for (let r = 0; r < rows; r++) {
    const row = rowOf(scaled, r)
    for (let j = 0; j < count; j++) row[j] = p[j]! * (r < weights.cols ? weights.values[j * weights.cols + r]! : 1)
    const largest = row.reduce((max, x) => Math.max(max, Math.abs(x)), 0) || 1
    for (let j = 0; j < count; j++) row[j]! /= largest
  }
  const right = Float64Array.from({ length: rows }, (_, r) => rowOf(scaled, r).reduce((sum, x) => sum + x, 0))
  const size = count + rows
  const columns = zeros(size, rows)
  columns.values.set(transpose(scaled).values)
  right.forEach((b, r) => (columns.values[(count + r) * rows + r] = b < 0 ? -1 : 1))
  const upper = new Float64Array(size).fill(1 / Math.max(1 - tau, 1e-10), 0, count).fill(Infinity, count)
  const artificial = Array.from({ length: rows }, (_, r) => count + r)
  const simplex = new BoundedSimplex(columns, right, upper, artificial)
  simplex.minimise(new Float64Array(size).fill(1, count))
  artificial.forEach((j) => simplex.fixAtZero(j))
  return { simplex, size }
}
