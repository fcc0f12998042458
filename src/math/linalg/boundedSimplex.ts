import { DomainError } from '../errors.ts'
import { rowOf, type Matrix } from './matrix.ts'
import { dot } from './products.ts'

/** Relative to the largest cost: below it a reduced cost may be rounding. */
const dualTolerance = 1e-13
/** A step below this moves nothing but rounding. */
const stalledBelow = 1e-12
const pivotTolerance = 1e-9
const refactorEvery = 50

/**
 * Linear programs min cᵀx over A x = b, 0 ≤ x ≤ u with few rows and many columns: the revised simplex method with a
 * dense inverse of the basis. Keeps its vertex, so that a second cost starts where the first ended.
 * O(rows · columns) a pivot. Source: Chvátal 1983, Linear Programming, chapters 7 and 8.
 */
export class BoundedSimplex {
  readonly #columns: Matrix
  readonly #b: Float64Array
  readonly #upper: Float64Array
  readonly #basis: number[]
  /** Position in the basis, or −1. */
  readonly #position: Int32Array
  readonly #atUpper: Uint8Array
  readonly #rows: number
  #inverse: Float64Array
  /** Values of the basic variables. */
  #values: Float64Array
  #pivots = 0

  /**
   * @param columns  Aᵀ: row j is column j of A, shape [n, m]
   * @param b  shape [m]
   * @param upper  u, shape [n]; Infinity allowed
   * @param basis  m columns that are independent and give 0 ≤ x ≤ u while all others are 0
   * @throws DomainError if they are dependent
   */
  constructor(columns: Matrix, b: Float64Array, upper: Float64Array, basis: readonly number[]) {
    this.#columns = columns
    this.#b = b
    this.#upper = upper.slice()
    this.#rows = columns.cols
    this.#basis = [...basis]
    this.#position = new Int32Array(columns.rows).fill(-1)
    basis.forEach((j, k) => (this.#position[j] = k))
    this.#atUpper = new Uint8Array(columns.rows)
    this.#inverse = new Float64Array(0)
    this.#values = new Float64Array(0)
    this.#refactor()
  }

  /** From now on xⱼ = 0; it must be 0 now, to within rounding. */
  fixAtZero(j: number): void {
    this.#upper[j] = 0
  }

  /** x at the vertex reached last, shape [n]. */
  solution(): Float64Array {
    const x = Float64Array.from(this.#atUpper, (isAtUpper, j) => (isAtUpper === 1 ? this.#upper[j]! : 0))
    this.#basis.forEach((j, k) => (x[j] = Math.min(Math.max(this.#values[k]!, 0), this.#upper[j]!)))
    return x
  }

  /**
   * Walks to a vertex where cᵀx is smallest.
   * @param cost  c, shape [n]
   * @returns cᵀx there. @throws DomainError if it has no lower bound, or 50,000 pivots do not reach it
   */
  minimise(cost: Float64Array): number {
    const tolerance = dualTolerance * cost.reduce((max, c) => Math.max(max, Math.abs(c)), 0)
    let stalled = 0
    for (let step = 0; step < 50_000; step++) {
      // After many steps that gain nothing the rule of least index, which never cycles.
      const entering = this.#entering(cost, tolerance, stalled > 2 * this.#rows)
      if (entering < 0) return dot(cost, this.solution())
      const gain = this.#pivot(entering, stalled > 2 * this.#rows)
      stalled = gain > stalledBelow ? 0 : stalled + 1
    }
    throw new DomainError('BoundedSimplex: no optimum within 50,000 pivots')
  }

  #entering(cost: Float64Array, tolerance: number, isLeastIndex: boolean): number {
    const m = this.#rows
    const duals = new Float64Array(m)
    this.#basis.forEach((j, k) => {
      const c = cost[j]!
      if (c !== 0) for (let i = 0; i < m; i++) duals[i]! += c * this.#inverse[k * m + i]!
    })
    let best = -1
    let bestGain = tolerance
    for (let j = 0; j < this.#columns.rows; j++) {
      if (this.#position[j]! >= 0 || this.#upper[j] === 0) continue
      const reduced = cost[j]! - dot(duals, rowOf(this.#columns, j))
      const gain = this.#atUpper[j] === 1 ? reduced : -reduced
      if (gain <= bestGain) continue
      if (isLeastIndex) return j
      best = j
      bestGain = gain
    }
    return best
  }

  /** Moves the entering variable as far as it can go; returns how far. */
  #pivot(entering: number, isLeastIndex: boolean): number {
    const m = this.#rows
    const column = rowOf(this.#columns, entering)
    const direction = Float64Array.from({ length: m }, (_, k) => dot(this.#inverse.subarray(k * m, k * m + m), column))
    const sign = this.#atUpper[entering] === 1 ? -1 : 1
    const { leaving, step, toUpper } = this.#ratioTest(direction, sign, this.#upper[entering]!, isLeastIndex)
    if (step === Infinity) throw new DomainError('BoundedSimplex: the cost has no lower bound')
    for (let k = 0; k < m; k++) this.#values[k]! -= sign * step * direction[k]!
    if (leaving < 0) {
      this.#atUpper[entering] = sign > 0 ? 1 : 0
      return step
    }
    const out = this.#basis[leaving]!
    this.#position[out] = -1
    this.#atUpper[out] = toUpper ? 1 : 0
    this.#basis[leaving] = entering
    this.#position[entering] = leaving
    this.#values[leaving] = sign > 0 ? step : this.#upper[entering]! - step
    this.#atUpper[entering] = 0
    this.#pivots += 1
    if (this.#pivots % refactorEvery === 0) this.#refactor()
    else this.#updateInverse(leaving, direction)
    return step
  }

  /** The basic variable that first meets a bound; of those that meet one at the same step, the largest pivot. */
  #ratioTest(direction: Float64Array, sign: number, ownRange: number, isLeastIndex: boolean) {
    let [leaving, step, toUpper] = [-1, ownRange, false]
    for (let k = 0; k < direction.length; k++) {
      const rate = sign * direction[k]!
      if (Math.abs(rate) < pivotTolerance) continue
      const name = this.#basis[k]!
      const room = rate > 0 ? this.#values[k]! : this.#upper[name]! - this.#values[k]!
      const reach = Math.max(room, 0) / Math.abs(rate)
      const tie = step < Infinity && Math.abs(reach - step) <= 1e-12 * (1 + step)
      const isBetterTie =
        leaving >= 0 && (isLeastIndex ? name < this.#basis[leaving]! : Math.abs(rate) > Math.abs(direction[leaving]!))
      if (tie ? !isBetterTie : reach >= step) continue
      ;[leaving, step, toUpper] = [k, Math.min(reach, step), rate < 0]
    }
    return { leaving, step, toUpper }
  }

  #updateInverse(leaving: number, direction: Float64Array): void {
    const m = this.#rows
    const row = this.#inverse.subarray(leaving * m, leaving * m + m)
    const pivot = direction[leaving]!
    for (let i = 0; i < m; i++) row[i]! /= pivot
    for (let k = 0; k < m; k++) {
      const factor = direction[k]!
      if (k === leaving || factor === 0) continue
      for (let i = 0; i < m; i++) this.#inverse[k * m + i]! -= factor * row[i]!
    }
  }

  /** Inverse and values from the columns themselves, which sheds the rounding of the updates. */
  #refactor(): void {
    const m = this.#rows
    this.#inverse = inverseOfColumns(this.#basis.map((j) => rowOf(this.#columns, j)))
    const rest = this.#b.slice()
    this.#atUpper.forEach((isAtUpper, j) => {
      if (isAtUpper === 1) rowOf(this.#columns, j).forEach((x, i) => (rest[i]! -= x * this.#upper[j]!))
    })
    this.#values = Float64Array.from({ length: m }, (_, k) => dot(this.#inverse.subarray(k * m, k * m + m), rest))
  }
}

/** Row-major inverse of the matrix with these columns, by Gauss–Jordan elimination with row pivoting. */
function inverseOfColumns(columns: readonly Float64Array[]): Float64Array {
  const m = columns.length
  const work = Array.from({ length: m }, (_, r) => {
    const row = new Float64Array(2 * m)
    columns.forEach((column, c) => (row[c] = column[r]!))
    row[m + r] = 1
    return row
  })
  for (let k = 0; k < m; k++) {
    let pivot = k
    for (let r = k + 1; r < m; r++) if (Math.abs(work[r]![k]!) > Math.abs(work[pivot]![k]!)) pivot = r
    ;[work[k], work[pivot]] = [work[pivot]!, work[k]!]
    const row = work[k]!
    const head = row[k]!
    if (head === 0) throw new DomainError('BoundedSimplex: the columns of the basis are dependent')
    for (let c = 0; c < 2 * m; c++) row[c]! /= head
    for (let r = 0; r < m; r++) {
      const factor = work[r]![k]!
      if (r === k || factor === 0) continue
      for (let c = 0; c < 2 * m; c++) work[r]![c]! -= factor * row[c]!
    }
  }
  const inverse = new Float64Array(m * m)
  work.forEach((row, r) => inverse.set(row.subarray(m), r * m))
  return inverse
}
