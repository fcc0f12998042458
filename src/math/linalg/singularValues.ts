import { DomainError } from '../errors.ts'
import { resultOf } from '../resultOf.ts'
import { bidiagonalValueSteps } from './bidiagonalValues.ts'
import { reflect, reflector } from './householder.ts'
import { checkFinite, rowOf, type Matrix } from './matrix.ts'
import { powerAt } from './powerNear.ts'

/**
 * All min(rows, cols) singular values, largest first, by Golub–Kahan bidiagonalisation without vectors.
 * Backward stable: each value is within a few ε = 2⁻⁵² of s₁ of the true one, so that a floor at 1e-14 s₁ is seen; the
 * eigenvalues of AᵀA would see nothing below 1e-8 s₁. A tall matrix is first reduced to a triangle.
 * @throws ShapeError if the matrix is empty; DomainError if an entry is not finite, or the largest value beyond float64
 * O(m n²) for m ≥ n. Source: Golub & Van Loan, Matrix Computations, 4th edition, sections 5.4 and 8.6.
 */
export const singularValues = (a: Matrix): Float64Array => resultOf(singularValueSteps(a))

/**
 * {@link singularValues} in steps of a few milliseconds, so that a long run can report and be stopped.
 * Yields the fraction done, 0 to 1; returns the values.
 */
export function* singularValueSteps(a: Matrix): Generator<number, Float64Array, void> {
  checkFinite('singularValues', a)
  const columns = yield* columnsOfTall(a)
  const scale = yield* scaleToOne(columns)
  const [rows, count] = [columns[0]!.length, columns.length]
  // Above this ratio a reduction to a triangle first costs less than bidiagonalising the whole.
  const isTall = rows > 1.4 * count
  const triangleShare = isTall ? sweepsFrom * (1 - 1 / (0.5 + rows / count)) : 0
  for (const fraction of scaled(isTall ? triangleSteps(columns) : [], 0, triangleShare)) yield fraction
  const square = isTall ? columns.map((column, j) => triangleColumn(column, j, count)) : columns
  const d = new Float64Array(count)
  const e = new Float64Array(count - 1)
  for (const fraction of scaled(bidiagonalSteps(square, d, e), triangleShare, sweepsFrom)) yield fraction
  for (const fraction of scaled(bidiagonalValueSteps(d, e), sweepsFrom, 1)) yield fraction
  // A power of two: exact, but for values that leave the range of doubles.
  for (let i = 0; i < count; i++) d[i]! *= scale
  d.sort().reverse()
  if (d[0] === Infinity)
    throw new DomainError('singularValues: the largest is beyond float64 (1.8e308); make the entries smaller')
  return d
}

/** Fractions of a part as fractions of the whole. */
function* scaled(fractions: Iterable<number>, from: number, to: number): Generator<number, void, void> {
  for (const fraction of fractions) yield from + (to - from) * fraction
}

/** The columns of A or of Aᵀ, whichever are fewer, each contiguous and ours to overwrite. */
function* columnsOfTall(a: Matrix): Generator<number, Float64Array[], void> {
  const columns: Float64Array[] = []
  if (a.rows < a.cols) {
    for (let r = 0; r < a.rows; r++) {
      columns.push(rowOf(a, r).slice())
      if (r % reportEvery === 0) yield 0
    }
    return columns
  }
  for (let start = 0; start < a.cols; start += blockSize) {
    // As many columns as one line of the cache has numbers: each line is read once.
    const block = Array.from({ length: Math.min(blockSize, a.cols - start) }, () => new Float64Array(a.rows))
    for (let r = 0, at = start; r < a.rows; r++, at += a.cols) {
      for (let c = 0; c < block.length; c++) block[c]![r] = a.values[at + c]!
    }
    columns.push(...block)
    yield 0
  }
  return columns
}

/** Divides all by a power of two that brings the largest entry near 1, so that squares neither overflow nor vanish. */
function* scaleToOne(columns: readonly Float64Array[]): Generator<number, number, void> {
  let largest = 0
  for (const [j, column] of columns.entries()) {
    for (let i = 0; i < column.length; i++) largest = Math.max(largest, Math.abs(column[i]!))
    if (j % reportEvery === 0) yield 0
  }
  const scale = powerAt(largest)
  if (scale === 1) return 1
  for (const [j, column] of columns.entries()) {
    for (let i = 0; i < column.length; i++) column[i]! /= scale
    if (j % reportEvery === 0) yield 0
  }
  return scale
}

/** Of the work, what comes before the sweeps over the bidiagonal. */
const sweepsFrom = 0.98
/** Reflectors applied to a column while it is in the nearest cache. */
const blockSize = 8
/** Columns after which a pass over them reports: at most a few milliseconds of the largest matrices. */
const reportEvery = 256

/** QR: leaves R on and above the diagonal of the columns. */
function* triangleSteps(columns: readonly Float64Array[]): Generator<number, void, void> {
  const n = columns.length
  const taus = new Float64Array(n)
  const betas = new Float64Array(n)
  for (let start = 0; start < n; start += blockSize) {
    const end = Math.min(start + blockSize, n)
    for (let j = start; j < n; j++) {
      const column = columns[j]!
      for (let k = start; k < Math.min(end, j); k++) reflect(column, columns[k]!, taus[k]!, k)
      if (j < end) {
        const { tau, beta } = reflector(column, j)
        taus[j] = tau
        betas[j] = beta
      }
      if ((j - start) % reportEvery === 0) yield 1 - ((n - start) / n) ** 2
    }
  }
  columns.forEach((column, j) => (column[j] = betas[j]!))
}

/** Column j of the triangle, shape [n]. */
function triangleColumn(column: Float64Array, j: number, n: number): Float64Array {
  const r = new Float64Array(n)
  r.set(column.subarray(0, j + 1))
  return r
}

/**
 * Reflections from both sides until only a diagonal d and a superdiagonal e are left. Each step passes over the rest of
 * the matrix twice: once to apply the left reflection and gather A u, once to apply the right one and gather Aᵀ v for
 * the next step.
 */
function* bidiagonalSteps(
  columns: readonly Float64Array[],
  d: Float64Array,
  e: Float64Array,
): Generator<number, void, void> {
  const n = columns.length
  const rows = columns[0]!.length
  const u = new Float64Array(n)
  const y = new Float64Array(rows)
  const s = new Float64Array(n)
  let { tau, beta } = reflector(columns[0]!, 0)
  d[0] = beta
  for (let j = 1; j < n; j++) {
    s[j] = tau * dotFrom(columns[0]!, columns[j]!, 0)
    if (j % reportEvery === 0) yield 0
  }
  for (let k = 0; k + 1 < n; k++) {
    const v = columns[k]!
    for (let j = k + 1; j < n; j++) u[j] = columns[j]![k]! - s[j]!
    const right = reflector(u, k + 1)
    e[k] = right.beta
    y.fill(0, k + 1)
    const done = 1 - (1 - k / n) ** 3
    for (let j = k + 1; j < n; j++) {
      reduceAndGather(columns[j]!, v, s[j]!, y, u[j]!, k + 1)
      if (j % reportEvery === 0) yield done
    }
    for (let i = k + 1; i < rows; i++) y[i]! *= right.tau
    const next = columns[k + 1]!
    for (let i = k + 1; i < rows; i++) next[i]! -= y[i]!
    ;({ tau, beta } = reflector(next, k + 1))
    d[k + 1] = beta
    for (let j = k + 2; j < n; j++) {
      s[j] = tau * reduceAndDot(columns[j]!, y, u[j]!, next, k + 1)
      if (j % reportEvery === 0) yield done
    }
    yield done
  }
}

function dotFrom(v: Float64Array, c: Float64Array, from: number): number {
  let sum = 0
  for (let i = from; i < c.length; i++) sum += v[i]! * c[i]!
  return sum
}

/** c ← c − s v, and y ← y + u c. */
function reduceAndGather(c: Float64Array, v: Float64Array, s: number, y: Float64Array, u: number, from: number): void {
  for (let i = from; i < c.length; i++) {
    const reduced = c[i]! - s * v[i]!
    c[i] = reduced
    y[i]! += u * reduced
  }
}

/** c ← c − u y; returns vᵀ c. */
function reduceAndDot(c: Float64Array, y: Float64Array, u: number, v: Float64Array, from: number): number {
  const n = c.length
  let s0 = 0
  let s1 = 0
  let i = from
  for (; i + 1 < n; i += 2) {
    const first = c[i]! - u * y[i]!
    const second = c[i + 1]! - u * y[i + 1]!
    c[i] = first
    c[i + 1] = second
    s0 += v[i]! * first
    s1 += v[i + 1]! * second
  }
  if (i < n) {
    c[i]! -= u * y[i]!
    s0 += v[i]! * c[i]!
  }
  return s0 + s1
}
