import { DomainError, ShapeError } from '../errors.ts'
import type { Matrix } from '../linalg/matrix.ts'

/** n samples of a d-dimensional variable, shape [rows, cols], row-major, finite. */
export type Samples = Matrix

/** Classes as whole numbers 0..count−1, one for each sample. */
export interface Labels {
  readonly of: Int32Array
  readonly count: number
}

/** What an estimator can be given. `activations`: each row of T is the layer's answer to a different input. */
export type Sample =
  | { readonly kind: 'activations'; readonly T: Samples; readonly labels: Labels }
  | { readonly kind: 'pair'; readonly X: Samples; readonly Y: Samples }
  /** Critic scores f(xᵢ, yⱼ), shape [n, n]; the diagonal holds the joint samples. */
  | { readonly kind: 'critic'; readonly S: Samples }
  /** A contingency table: whole or fractional counts, rows × columns. */
  | { readonly kind: 'counts'; readonly counts: Samples }

/**
 * A matrix of samples from rows of numbers.
 * @throws ShapeError if it is empty or ragged; DomainError if an entry is not a finite number
 */
export function samplesFrom(name: string, rows: ArrayLike<ArrayLike<unknown>>): Samples {
  const cols = rows[0]?.length ?? 0
  if (cols === 0) throw new ShapeError(`${name} is empty; it needs at least one row of at least one number`)
  const values = new Float64Array(rows.length * cols)
  for (let r = 0; r < rows.length; r++) {
    const row = rows[r]!
    if (row.length !== cols)
      throw new ShapeError(`${name}: row ${r} has ${row.length} numbers; row 0 has ${cols}, and all must have as many`)
    for (let c = 0; c < cols; c++) {
      const value = row[c]
      if (typeof value !== 'number' || !Number.isFinite(value))
        throw new DomainError(`${name}: row ${r}, column ${c} is ${JSON.stringify(value)}; it must be a finite number`)
      values[r * cols + c] = value
    }
  }
  return { rows: rows.length, cols, values }
}

/** Numbers the distinct labels in order of first appearance. */
export function labelsFrom(labels: ArrayLike<unknown>): Labels {
  const ids = new Map<unknown, number>()
  const of = Int32Array.from({ length: labels.length }, (_, i) => {
    const label = labels[i]
    const id = ids.get(label) ?? ids.size
    ids.set(label, id)
    return id
  })
  return { of, count: ids.size }
}

/** How many samples each class, or each state, has; shape [count]. */
export function sizesOf(classes: Labels): Float64Array {
  const sizes = new Float64Array(classes.count)
  for (const id of classes.of) sizes[id]! += 1
  return sizes
}
