/**
 * Plug-in entropy of counts, nats: ln N − (1/N) Σ c ln c, N = Σ c; 0 for no counts. Never below 0, and exactly 0 of a
 * single cell, whatever the round-off.
 * @param counts  not negative, shape [K]
 */
export function entropyOfCounts(counts: ArrayLike<number>): number {
  let total = 0
  let sum = 0
  let largest = 0
  for (let k = 0; k < counts.length; k++) {
    const count = counts[k]!
    total += count
    if (count > 0) sum += count * Math.log(count)
    if (count > largest) largest = count
  }
  return total > largest ? Math.max(0, Math.log(total) - sum / total) : 0
}

/** How many cells are not empty. */
export function occupied(counts: ArrayLike<number>): number {
  let cells = 0
  for (let k = 0; k < counts.length; k++) if (counts[k]! > 0) cells += 1
  return cells
}

/** Miller and Madow's first-order correction of the plug-in entropy: + (K − 1) / 2N, K the non-empty cells. Nats. */
export function millerMadow(counts: ArrayLike<number>): number {
  let total = 0
  for (let k = 0; k < counts.length; k++) total += counts[k]!
  return total > 0 ? entropyOfCounts(counts) + (occupied(counts) - 1) / (2 * total) : 0
}
