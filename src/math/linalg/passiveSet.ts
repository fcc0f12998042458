import { dot, norm } from './products.ts'

/**
 * Columns that take part in a least-squares fit, with their thin QR factorisation kept up to date: a column is added
 * at the end by Gram–Schmidt done twice, and taken from anywhere by Givens rotations. O(rows · size) each.
 */
export class PassiveSet {
  /** What each column is called by its owner. */
  readonly names: number[] = []
  /** Orthonormal, one for each column. */
  readonly #q: Float64Array[] = []
  /** Column k of the triangle R, k + 1 entries. */
  readonly #r: number[][] = []

  /** False, and nothing done, if the column lies in the span of those present. Takes the array over. */
  add(name: number, column: Float64Array): boolean {
    const length = norm(column)
    const coefficients = this.#q.map(() => 0)
    for (let pass = 0; pass < 2; pass++) {
      this.#q.forEach((q, k) => {
        const along = dot(q, column)
        coefficients[k]! += along
        for (let i = 0; i < column.length; i++) column[i]! -= along * q[i]!
      })
    }
    const rest = norm(column)
    if (!(rest > 1e-13 * length)) return false
    for (let i = 0; i < column.length; i++) column[i]! /= rest
    this.#q.push(column)
    this.#r.push([...coefficients, rest])
    this.names.push(name)
    return true
  }

  /** Takes out the column at this position. */
  remove(position: number): void {
    this.names.splice(position, 1)
    this.#r.splice(position, 1)
    // The columns after it now have one entry below the diagonal: turn it away.
    for (let k = position; k < this.#r.length; k++) {
      const [f, g] = [this.#r[k]![k]!, this.#r[k]![k + 1]!]
      const size = Math.hypot(f, g)
      const [cosine, sine] = [f / size, g / size]
      for (const column of this.#r.slice(k)) {
        const [upper, lower] = [column[k]!, column[k + 1]!]
        column[k] = cosine * upper + sine * lower
        column[k + 1] = cosine * lower - sine * upper
      }
      this.#r[k]!.length = k + 1
      this.#rotateBasis(k, cosine, sine)
    }
    this.#q.pop()
  }

  /** Takes from a vector, in place, what of it lies in the span of the columns. */
  orthogonalise(vector: Float64Array): void {
    for (const q of this.#q) {
      const along = dot(q, vector)
      for (let i = 0; i < vector.length; i++) vector[i]! -= along * q[i]!
    }
  }

  #rotateBasis(k: number, cosine: number, sine: number): void {
    const [upper, lower] = [this.#q[k]!, this.#q[k + 1]!]
    for (let i = 0; i < upper.length; i++) {
      const [a, b] = [upper[i]!, lower[i]!]
      upper[i] = cosine * a + sine * b
      lower[i] = cosine * b - sine * a
    }
  }

  /** Coefficients of the columns that fit b best in least squares. */
  fit(b: Float64Array): Float64Array {
    const x = Float64Array.from(this.#q, (q) => dot(q, b))
    for (let k = x.length - 1; k >= 0; k--) {
      x[k]! /= this.#r[k]![k]!
      for (let i = 0; i < k; i++) x[i]! -= this.#r[k]![i]! * x[k]!
    }
    return x
  }
}
