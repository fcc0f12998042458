import { DomainError } from '../errors.ts'
import { squaredDistance } from './pairwiseDensity.ts'
import type { Samples } from './sample.ts'

/** Distance between rows i and j. */
export type Metric = (X: Samples, i: number, j: number) => number

/** Largest |difference| of any coordinate. */
export const chebyshev: Metric = ({ cols, values }, i, j) => {
  let largest = 0
  for (let c = 0; c < cols; c++) {
    const gap = Math.abs(values[i * cols + c]! - values[j * cols + c]!)
    if (gap > largest) largest = gap
  }
  return largest
}

export const euclid: Metric = (X, i, j) => {
  const sum = squaredDistance(X, i, j)
  // Too near 0 or too far for a square: in units of the largest gap.
  if (sum < 1e-280 || sum === Infinity) {
    const unit = chebyshev(X, i, j)
    return unit === 0 || unit === Infinity ? unit : unit * Math.sqrt(squaredDistance(X, i, j, unit))
  }
  return Math.sqrt(sum)
}

/**
 * Distances of the k nearest among the candidates seen so far, ascending. One is reused for every row, so that a run
 * allocates once.
 */
export class Nearest {
  readonly k: number
  readonly distances: Float64Array

  constructor(k: number) {
    this.k = k
    this.distances = new Float64Array(k)
  }

  clear(): void {
    this.distances.fill(Infinity)
  }

  offer(distance: number): void {
    const { distances, k } = this
    if (distance >= distances[k - 1]!) return
    let at = k - 1
    while (at > 0 && distances[at - 1]! > distance) {
      distances[at] = distances[at - 1]!
      at -= 1
    }
    distances[at] = distance
  }

  /** The distance of the k-th. */
  get radius(): number {
    return this.distances[this.k - 1]!
  }
}

/** @throws DomainError if there are not more than k samples */
export function needMoreThan(id: string, k: number, n: number, where = 'samples'): void {
  if (n <= k) throw new DomainError(`${id}: ${n} ${where}; ${k} neighbours need at least ${k + 1}`)
}

/** @throws DomainError that explains why repeated samples have no density to estimate */
export function needApart(id: string, radius: number, i: number): void {
  if (radius === 0)
    throw new DomainError(
      `${id}: sample ${i} is repeated among its nearest neighbours; distances of 0 have no density. Add noise, or use bins`,
    )
}

/** X and Y side by side, shape [n, dx + dy]. */
export function jointSamples(X: Samples, Y: Samples): Samples {
  const cols = X.cols + Y.cols
  const values = new Float64Array(X.rows * cols)
  for (let r = 0; r < X.rows; r++) {
    values.set(X.values.subarray(r * X.cols, (r + 1) * X.cols), r * cols)
    values.set(Y.values.subarray(r * Y.cols, (r + 1) * Y.cols), r * cols + X.cols)
  }
  return { rows: X.rows, cols, values }
}
