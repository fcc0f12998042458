/** Largest difference of two rows, entry by entry; NaN if one is NaN or the lengths differ. */
export function worst(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return NaN
  let most = 0
  for (let i = 0; i < a.length; i++) {
    const gap = Math.abs(a[i]! - b[i]!)
    if (!(gap <= most)) most = gap
  }
  return most
}
