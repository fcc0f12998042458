/**
 * How far the nearest matrix of rank r or less lies, in the Frobenius norm: √(Σ sᵢ² over i > r). No matrix of that rank
 * is nearer.
 * @param s  all singular values, largest first
 * @param rank  r, a whole number from 0 on; from their count on nothing is left
 * @returns  the distance, and its share of the matrix's own norm, 0 to 1; 0 for a matrix of zeros
 * O(s.length). Source: Eckart & Young 1936, "The approximation of one matrix by another of lower rank".
 */
export function lowRankError(s: Float64Array, rank: number): { readonly distance: number; readonly share: number } {
  const largest = s[0] ?? 0
  if (largest === 0) return { distance: 0, share: 0 }
  // In units of the largest, no square leaves the range of doubles; the smallest first, so that none is swallowed.
  const squares = s.map((value) => (value / largest) ** 2)
  const sumFrom = (first: number) => squares.subarray(first).reduceRight((sum, square) => sum + square, 0)
  const [behind, all] = [Math.sqrt(sumFrom(rank)), Math.sqrt(sumFrom(0))]
  return { distance: largest * behind, share: behind / all }
}
