import type { Histogram, Overview, TopEntry } from './result.ts'

const maxRanks = 240
const bins = 40
const topEntries = 8

/**
 * A long row in aggregate: the sorted row read at up to 240 ranks, its largest entries, and a histogram.
 * @param values  shape [n]; NaN is left out
 * @param kept    1 keeps an entry, shape [n]; null keeps all
 * @param scale   of the histogram: weights spread over powers of ten, logits do not
 */
export function overviewOf(
  values: Float64Array,
  kept: Uint8Array | null,
  scale: Histogram['scale'],
  nameOf: (index: number) => string,
): Overview {
  const numbers = values.filter((value, i) => !Number.isNaN(value) && (kept === null || kept[i] === 1)).sort()
  const ranks = logSpacedRanks(numbers.length)
  return {
    ranks,
    sorted: ranks.map((rank) => numbers[numbers.length - rank]!),
    top: largest(values, kept, nameOf),
    histogram: histogramOf(numbers, scale),
  }
}

/** 1 … n: every one of the first dozens, then ever sparser; the last is n. */
export function logSpacedRanks(n: number): Float64Array {
  if (n === 0) return new Float64Array(0)
  const count = Math.min(n, maxRanks)
  const spread = Array.from({ length: count }, (_, i) => Math.round(n ** (count === 1 ? 0 : i / (count - 1))))
  const dense = Array.from({ length: Math.min(n, 32) }, (_, i) => i + 1)
  return Float64Array.from(new Set([...dense, ...spread])).sort()
}

/** The largest entries, the first of equals first. One pass with a short sorted list. */
function largest(values: Float64Array, kept: Uint8Array | null, nameOf: (index: number) => string): TopEntry[] {
  const top: { index: number; value: number }[] = []
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!
    if (Number.isNaN(value) || kept?.[index] === 0) continue
    if (top.length === topEntries && !(value > top[topEntries - 1]!.value)) continue
    let place = top.length
    while (place > 0 && value > top[place - 1]!.value) place--
    top.splice(place, 0, { index, value })
    if (top.length > topEntries) top.pop()
  }
  return top.map(({ index, value }) => ({ index, value, name: nameOf(index) }))
}

/** @param sorted  ascending, without NaN */
function histogramOf(sorted: Float64Array, scale: Histogram['scale']): Histogram {
  const firstAbove = (value: number) => countWhile(sorted, (each) => each <= value)
  const negatives = countWhile(sorted, (each) => each < 0)
  const zeros = firstAbove(0) - negatives
  const shown = scale === 'linear' ? sorted : sorted.subarray(negatives + zeros)
  const at = (value: number) => (scale === 'linear' ? value : Math.log10(value))
  const finite = shown.filter(Number.isFinite)
  const left = scale === 'linear' ? 0 : negatives
  if (finite.length === 0)
    return {
      scale,
      edges: new Float64Array(0),
      counts: new Float64Array(0),
      zeros: scale === 'linear' ? 0 : zeros,
      negatives: left,
    }
  const low = at(finite[0]!)
  const high = at(finite[finite.length - 1]!)
  // Divided first: the ends may be too far apart to subtract. Ends that agree to the last bit get a width of 1.
  const width = high / bins - low / bins || 1 / bins
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => low + i * width)
  const counts = new Float64Array(bins)
  for (const value of finite) counts[Math.min(bins - 1, Math.floor((at(value) - low) / width))]! += 1
  return { scale, edges, counts, zeros: scale === 'linear' ? 0 : zeros, negatives: left }
}

/** How many of the first entries satisfy a condition that, once false, stays false. */
function countWhile(sorted: Float64Array, holds: (value: number) => boolean): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(sorted[middle]!)) low = middle + 1
    else high = middle
  }
  return low
}
