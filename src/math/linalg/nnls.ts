import { PassiveSet } from './passiveSet.ts'
import { norm } from './products.ts'

/** A matrix A of `rows` by `count` known by what the method asks of it, so that none need be formed. */
export interface NnlsColumns {
  readonly rows: number
  readonly count: number
  /** Aᵀ r, shape [count], written to `out`. */
  readonly gradient: (r: Float64Array, out: Float64Array) => void
  /** Column j, shape [rows], a new array. */
  readonly column: (j: number) => Float64Array
}

export interface NnlsFit {
  /** Columns with a weight above 0. */
  readonly support: readonly number[]
  /** Their weights, in the same order. */
  readonly weights: Float64Array
  /** b − A x, shape [rows]; at the optimum no column has a positive product with it. */
  readonly residual: Float64Array
}

/**
 * Non-negative least squares: the x ≥ 0 that makes ‖A x − b‖ smallest; after 10 (rows + 10) steps the best so far.
 * Columns enter by steepest gradient and leave when their weight would turn negative.
 * @param b  shape [rows]
 * O(rows · count) a step, and about as many steps as columns in the support.
 * Source: Lawson & Hanson 1974, Solving Least Squares Problems, chapter 23.
 */
export function nnls(a: NnlsColumns, b: Float64Array): NnlsFit {
  const set = new PassiveSet()
  const columns = new Map<number, Float64Array>()
  const gradient = new Float64Array(a.count)
  const refused = new Set<number>()
  let weights = new Float64Array(0)
  let residual = b.slice()
  const stepLimit = 10 * (a.rows + 10)
  for (let step = 0; step < stepLimit; step++) {
    if (norm(residual) <= 1e-15 * norm(b)) break
    a.gradient(residual, gradient)
    const entering = steepest(gradient, set.names, refused)
    if (entering < 0) break
    const column = a.column(entering)
    // A gradient within rounding of its terms says nothing about its sign.
    if (gradient[entering]! <= 1e-14 * norm(column) * norm(residual)) break
    if (!set.add(entering, column.slice())) {
      refused.add(entering)
      continue
    }
    columns.set(entering, column)
    weights = towardsFit(set, Float64Array.of(...weights, 0), b)
    // A column that leaves at once would enter again for ever.
    if (set.names.includes(entering)) refused.clear()
    else refused.add(entering)
    residual = residualOf(set.names, weights, columns, b)
    // However small it is, its direction is right: at a right angle to the support.
    set.orthogonalise(residual)
  }
  return { support: [...set.names], weights, residual }
}

function steepest(gradient: Float64Array, taken: readonly number[], refused: ReadonlySet<number>): number {
  let best = -1
  let bestValue = 0
  for (let j = 0; j < gradient.length; j++) {
    if (gradient[j]! <= bestValue || refused.has(j) || taken.includes(j)) continue
    best = j
    bestValue = gradient[j]!
  }
  return best
}

/** Walks from feasible weights to the fit, dropping columns whose weight reaches 0 on the way. */
function towardsFit(set: PassiveSet, start: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  let weights = Float64Array.from(start)
  for (;;) {
    const fit = Float64Array.from(set.fit(b))
    if (fit.every((value) => value > 0)) return fit
    const fractions = fit.map((value, k) => (value > 0 ? Infinity : weights[k]! / (weights[k]! - value)))
    const limiting = fractions.indexOf(Math.min(...fractions))
    const fraction = fractions[limiting] || 0
    weights = weights.map((value, k) => (k === limiting ? 0 : value + fraction * (fit[k]! - value)))
    for (let k = weights.length - 1; k >= 0; k--) {
      if (weights[k]! > 0) continue
      set.remove(k)
      weights = weights.filter((_, i) => i !== k)
    }
    if (weights.length === 0) return weights
  }
}

function residualOf(
  names: readonly number[],
  weights: Float64Array,
  columns: ReadonlyMap<number, Float64Array>,
  b: Float64Array,
): Float64Array<ArrayBuffer> {
  const residual = Float64Array.from(b)
  names.forEach((name, k) => {
    const column = columns.get(name)!
    for (let i = 0; i < residual.length; i++) residual[i]! -= weights[k]! * column[i]!
  })
  return residual
}
