import { DomainError } from '../errors.ts'

/**
 * The k-th largest entry (k = 1 is the largest); the row is not changed.
 * Quickselect with a median-of-three pivot: expected O(n), O(n log n) at worst, by sorting what is left when the
 * pivots turn out bad. @throws DomainError if k is not a whole number from 1 to n
 */
export function kthLargest(x: ArrayLike<number>, k: number): number {
  if (!(Number.isInteger(k) && k >= 1 && k <= x.length))
    throw new DomainError(`kthLargest: k is ${k}; it must be a whole number from 1 to ${x.length}`)
  const row = Float64Array.from(x)
  const goal = row.length - k
  let low = 0
  let high = row.length - 1
  for (let rounds = 2 * Math.log2(row.length); low < high; rounds--) {
    if (rounds < 0) return row.subarray(low, high + 1).sort()[goal - low]!
    const [left, right] = partition(row, low, high)
    if (goal <= right) high = right
    else if (goal >= left) low = left
    else break
  }
  return row[goal]!
}

/** Hoare's partition: afterwards entries up to `right` are ≤ pivot, from `left` on ≥ pivot, between them = pivot. */
function partition(row: Float64Array, low: number, high: number): [left: number, right: number] {
  const a = row[low]!
  const b = row[(low + high) >> 1]!
  const c = row[high]!
  const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
  let left = low
  let right = high
  while (left <= right) {
    while (row[left]! < pivot) left++
    while (row[right]! > pivot) right--
    if (left > right) break
    const swapped = row[left]!
    row[left++] = row[right]!
    row[right--] = swapped
  }
  return [left, right]
}
