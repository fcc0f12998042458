/** Below this length a plain loop is as exact as it is fast. */
const leaf = 32

/** The largest entry; −Infinity for an empty row. A NaN is not seen. */
export function maxOf(x: ArrayLike<number>): number {
  let max = -Infinity
  for (let i = 0; i < x.length; i++) if (x[i]! > max) max = x[i]!
  return max
}

/** The largest |entry|; 0 for an empty row. */
export function largestMagnitude(x: ArrayLike<number>): number {
  let largest = 0
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]!))
  return largest
}

/**
 * The place of the first of the largest entries; −1 for an empty row.
 */
export function argmax(x: ArrayLike<number>): number {
  let best = x.length > 0 ? 0 : -1
  for (let i = 1; i < x.length; i++) if (x[i]! > x[best]!) best = i
  return best
}

/** Σ x by halves: the rounding error grows with log n, not with n, so a row of a million keeps its last digits. */
export const sum = (x: ArrayLike<number>): number => sumBetween(x, 0, x.length)

/** ⟨a, b⟩ = Σ a b, by halves like {@link sum}. Shapes [n], [n]. */
export const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => dotBetween(a, b, 0, a.length)

function sumBetween(x: ArrayLike<number>, from: number, to: number): number {
  if (to - from <= leaf) {
    let total = 0
    for (let i = from; i < to; i++) total += x[i]!
    return total
  }
  const middle = (from + to) >>> 1
  return sumBetween(x, from, middle) + sumBetween(x, middle, to)
}

function dotBetween(a: ArrayLike<number>, b: ArrayLike<number>, from: number, to: number): number {
  if (to - from <= leaf) {
    let total = 0
    for (let i = from; i < to; i++) total += a[i]! * b[i]!
    return total
  }
  const middle = (from + to) >>> 1
  return dotBetween(a, b, from, middle) + dotBetween(a, b, middle, to)
}
