import { ShapeError } from '../errors.ts'
import { rowOf, zeros, type Matrix } from '../linalg/matrix.ts'

/** Rows of an output layer replaced by a few codes. */
export interface Codebook {
  /** Shape [K, d]. */
  readonly codes: Matrix
  /** The code of each row, shape [V]. */
  readonly assignment: Int32Array
  /** Rows of each code, shape [K]. */
  readonly counts: Int32Array
  /** Mean over the rows of ‖row − code‖². */
  readonly meanSquaredError: number
}

/**
 * k-means by Lloyd's steps from the first K rows; ties go to the lower code, an empty code stays where it is.
 * @throws ShapeError if there are more codes than rows
 * O(steps · V · K · d). Source: Lloyd 1982, "Least squares quantization in PCM".
 */
export function quantiseRows(weights: Matrix, codeCount: number, steps = 10): Codebook {
  const { rows, cols } = weights
  if (codeCount < 1 || codeCount > rows) throw new ShapeError(`quantiseRows: ${codeCount} codes for ${rows} rows`)
  const codes: Matrix = { rows: codeCount, cols, values: weights.values.slice(0, codeCount * cols) }
  const assignment = new Int32Array(rows)
  const counts = new Int32Array(codeCount)
  for (let step = 0; step < steps; step++) {
    assignRows(codes, weights, assignment, counts)
    moveToMeans(codes, weights, assignment, counts)
  }
  assignRows(codes, weights, assignment, counts)
  let squares = 0
  for (let r = 0; r < rows; r++) squares += squaredDistance(rowOf(weights, r), rowOf(codes, assignment[r]!))
  return { codes, assignment, counts, meanSquaredError: squares / rows }
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2
  return sum
}

function nearestRow(codes: Matrix, row: Float64Array): number {
  let best = 0
  let bestDistance = Infinity
  for (let k = 0; k < codes.rows; k++) {
    const distance = squaredDistance(row, rowOf(codes, k))
    if (distance < bestDistance) [best, bestDistance] = [k, distance]
  }
  return best
}

function assignRows(codes: Matrix, weights: Matrix, assignment: Int32Array, counts: Int32Array): void {
  counts.fill(0)
  for (let r = 0; r < weights.rows; r++) {
    const code = nearestRow(codes, rowOf(weights, r))
    assignment[r] = code
    counts[code]! += 1
  }
}

function moveToMeans(codes: Matrix, weights: Matrix, assignment: Int32Array, counts: Int32Array): void {
  const sums = zeros(codes.rows, codes.cols)
  assignment.forEach((k, r) => {
    rowOf(weights, r).forEach((x, c) => (sums.values[k * codes.cols + c]! += x))
  })
  counts.forEach((count, k) => {
    if (count > 0) rowOf(codes, k).set(rowOf(sums, k).map((x) => x / count))
  })
}

/** The layer in which every row is its code, shape [V, d]. */
export function quantisedLayer({ codes, assignment }: Codebook): Matrix {
  const out = zeros(assignment.length, codes.cols)
  assignment.forEach((k, r) => rowOf(out, r).set(rowOf(codes, k)))
  return out
}

/**
 * What no training of the codes can undo: tokens of one code are equally probable, so the mean KL from the teacher is
 * at least that of its probabilities, within each code, from their mean.
 * @param teacher  ln p, shape [n, V]
 */
export function codeFloor(teacher: Matrix, { assignment, counts }: Codebook): number {
  let sum = 0
  for (let r = 0; r < teacher.rows; r++) {
    const row = rowOf(teacher, r)
    const mass = new Float64Array(counts.length)
    row.forEach((logP, v) => (mass[assignment[v]!]! += Math.exp(logP)))
    row.forEach((logP, v) => {
      const code = assignment[v]!
      sum += Math.exp(logP) * (logP - Math.log(mass[code]! / counts[code]!))
    })
  }
  return sum / teacher.rows
}
