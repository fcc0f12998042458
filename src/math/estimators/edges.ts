/** `count` equally spaced points from lo to hi, both ends included; for one point, lo. */
export function linspace(lo: number, hi: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, k) =>
    k === count - 1 && k > 0 ? hi : lo + (k * (hi - lo)) / Math.max(1, count - 1),
  )
}

/** The least and the greatest of the values; Infinity and −Infinity for none. */
export function rangeOf(values: ArrayLike<number>): [lo: number, hi: number] {
  let lo = Infinity
  let hi = -Infinity
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value < lo) lo = value
    if (value > hi) hi = value
  }
  return [lo, hi]
}

/** How many of the ascending edges are ≤ t, by bisection. */
export function edgesAtOrBelow(edges: Float64Array, t: number): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (edges[middle]! <= t) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Edges of entropy-based adaptive binning, ascending, shape [bins + 2]; only `low` if no value differs from it.
 * Source: Chelombiev, Houghton & O'Donnell 2019, arXiv:1902.09037.
 */
export function adaptiveEdges(values: Float64Array, bins: number, low: number): Float64Array {
  const sorted = values.slice().sort()
  let distinct = 0
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i]!
    if (value !== low && (distinct === 0 || value !== sorted[distinct - 1])) sorted[distinct++] = value
  }
  if (distinct === 0) return Float64Array.of(low)
  const edges = new Float64Array(bins + 2)
  edges[0] = low
  for (let k = 0; k < bins; k++) edges[k + 1] = sorted[Math.floor((k * distinct) / bins)]!
  edges[bins + 1] = sorted[distinct - 1]!
  // A value below `low` would put an edge before it; the count of edges below t does not mind the order.
  return edges.sort()
}
