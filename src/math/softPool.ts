import { counted } from './counted.ts'
import { DomainError, ShapeError } from './errors.ts'
import { dot, maxOf } from './reductions.ts'
import { softmax } from './normalizers/softmax.ts'

/** Weights, distances below the maximum, and their mean: what the value and the gradient are made of. */
function parts(x: ArrayLike<number>) {
  const m = maxOf(x)
  const p = softmax(x)
  const gaps = new Float64Array(x.length)
  // A dropped entry has weight 0; its infinite gap must not meet it.
  for (let i = 0; i < gaps.length; i++) gaps[i] = x[i] === -Infinity ? 0 : x[i]! - m
  return { m, p, gaps, mean: dot(p, gaps) }
}

const empty = (x: ArrayLike<number>) => maxOf(x) === -Infinity && !Array.from(x).some(Number.isNaN)

/**
 * SoftPool: the mean of a region weighted by its own softmax, between its mean and its maximum.
 *   out = Σ softmax(x) x
 * @param x  activations of one region, shape [n]; −Infinity entries are dropped; a NaN or +Infinity gives NaN
 * @returns  out, in the unit of x; 0 for a region with nothing in it
 * O(n). Source: Stergiou, Poppe & Kalliatakis 2021, arXiv:2101.00440.
 */
export function softPool(x: ArrayLike<number>): number {
  if (empty(x)) return 0
  const { m, mean } = parts(x)
  return m + mean
}

/** The gradient of {@link softPool}, shape [n]: p ∘ (1 + x − out). Negative where x is more than 1 below out. */
export function softPoolGrad(x: ArrayLike<number>): Float64Array {
  if (empty(x)) return new Float64Array(x.length)
  const { p, gaps, mean } = parts(x)
  return p.map((weight, i) => weight * (1 + gaps[i]! - mean))
}

/** A picture as rows of equal length. */
export type Grid = readonly ArrayLike<number>[]

/**
 * SoftPool of each k × k window of a picture, side by side without overlap. What does not fill a window is left out.
 * @param x       shape [height, width]
 * @param kernel  k, a whole number ≥ 1
 * @returns  shape [⌊height / k⌋, ⌊width / k⌋]
 * @throws DomainError for another kernel; ShapeError for rows of different lengths
 */
export const softPool2d = (x: Grid, kernel: number): Float64Array[] =>
  windowRows(x, kernel).map((row) => Float64Array.from(row, (window) => softPool(window)))

/** The gradient of ⟨cotangent, softPool2d(x)⟩, shape [height, width]; cotangent as the output. */
export function softPool2dVjp(x: Grid, cotangent: Grid, kernel: number): Float64Array[] {
  const back = x.map((row) => new Float64Array(row.length))
  for (const [r, row] of windowRows(x, kernel).entries())
    for (const [c, window] of row.entries()) {
      const grad = softPoolGrad(window)
      for (let k = 0; k < grad.length; k++)
        back[r * kernel + Math.floor(k / kernel)]![c * kernel + (k % kernel)] = grad[k]! * cotangent[r]![c]!
    }
  return back
}

function windowRows(x: Grid, kernel: number): Float64Array[][] {
  if (!Number.isInteger(kernel) || kernel < 1)
    throw new DomainError(`softPool2d: kernel is ${kernel}; it must be a whole number of at least 1`)
  const width = x[0]?.length ?? 0
  const odd = x.findIndex((row) => row.length !== width)
  if (odd >= 0)
    throw new ShapeError(
      `softPool2d: row ${odd} has ${counted(x[odd]!.length, 'entry', 'entries')}; it must have ${width}`,
    )
  const count = (length: number) => Math.floor(length / kernel)
  return Array.from({ length: count(x.length) }, (_row, r) =>
    Array.from({ length: count(width) }, (_window, c) =>
      Float64Array.from(
        { length: kernel * kernel },
        (_entry, k) => x[r * kernel + Math.floor(k / kernel)]![c * kernel + (k % kernel)]!,
      ),
    ),
  )
}
