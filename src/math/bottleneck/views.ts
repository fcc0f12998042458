import { logSumExp } from '../logSumExp.ts'
import { mapEntries, rowOf, type Matrix } from '../linalg/matrix.ts'
import { repeatedRows } from '../linalg/repeatedRows.ts'

/** Log-softmax of each row: z − ln Σ eᶻ. */
export function logProbabilities(logits: Matrix): Matrix {
  const total = eachRow(logits, logSumExp)
  return mapEntries(logits, (z, r) => z - total[r]!)
}

/** Softmax of each row. */
export function probabilities(logits: Matrix): Matrix {
  return mapEntries(logProbabilities(logits), Math.exp)
}

/** Each row less its mean (the centred log-ratio): the same for logits and for their log-probabilities. */
export function centreRows(a: Matrix): Matrix {
  const means = eachRow(a, mean)
  return mapEntries(a, (x, r) => x - means[r]!)
}

/** Each column less its mean over the rows. */
export function centreColumns(a: Matrix): Matrix {
  const means = new Float64Array(a.cols)
  for (let i = 0; i < a.values.length; i++) means[i % a.cols]! += a.values[i]! / a.rows
  return mapEntries(a, (x, _, c) => x - means[c]!)
}

/** c · tanh(z / c): logits squeezed into (−c, c). */
export const softCap = (logits: Matrix, cap: number): Matrix => mapEntries(logits, (z) => cap * Math.tanh(z / cap))

/** γ ∘ h / √(mean h² + ε), by rows. @param gain  γ, shape [cols] */
export function rmsNorm(h: Matrix, gain: ArrayLike<number>, epsilon = 1e-5): Matrix {
  const scale = eachRow(h, (row) => 1 / Math.sqrt(mean(row.map((x) => x * x)) + epsilon))
  return mapEntries(h, (x, r, c) => x * scale[r]! * gain[c]!)
}

/** γ ∘ (h − mean) / √(variance + ε) + β, by rows. @param gain  γ, shape [cols]  @param shift  β, shape [cols] */
export function layerNorm(h: Matrix, gain: ArrayLike<number>, shift: ArrayLike<number> | null, epsilon = 1e-5): Matrix {
  const centred = centreRows(h)
  return addToRows(rmsNorm(centred, gain, epsilon), shift)
}

/** Adds a vector, shape [cols], to every row; nothing for null. */
export function addToRows(a: Matrix, vector: ArrayLike<number> | null): Matrix {
  return vector === null ? a : mapEntries(a, (x, _, c) => x + vector[c]!)
}

/** a + b·scale, entry by entry. */
export const addMultiple = (a: Matrix, b: Matrix, scale: number): Matrix =>
  mapEntries(a, (x, r, c) => x + b.values[r * a.cols + c]! * scale)

/** Indices of the rows that repeat no earlier row: repeated prompts would make exact zeros in a spectrum. */
export function distinctRows(a: Matrix): number[] {
  const repeats = new Set(repeatedRows(a).flatMap(([, ...later]) => later))
  return Array.from({ length: a.rows }, (_, r) => r).filter((r) => !repeats.has(r))
}

function mean(row: Float64Array): number {
  let sum = 0
  for (const x of row) sum += x
  return sum / row.length
}

const eachRow = (a: Matrix, f: (row: Float64Array) => number): Float64Array =>
  Float64Array.from({ length: a.rows }, (_, r) => f(rowOf(a, r)))
