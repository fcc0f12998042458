/**
 * Plug-in entropy of counts, nats: (1/N) Σ c (ln N − ln c), N = Σ c; 0 for no counts. No term is below 0, and that of a
 * single cell is exactly 0.
 * @param counts  not negative, shape [K]
 */
export function entropyOfCounts(counts: ArrayLike<number>): number {
  let total = 0
  for (let k = 0; k < counts.length; k++) total += counts[k]!
  if (total === 0) return 0
  const all = Math.log(total)
  let sum = 0
  for (let k = 0; k < counts.length; k++) {
    const count = counts[k]!
    if (count > 0) sum += count * (all - Math.log(count))
  }
  return sum / total
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
