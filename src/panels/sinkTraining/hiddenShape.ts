import { kurtosis } from '../../models/language/hiddenStats.ts'

/** How far a hidden state's entries are from a bell curve. */
export interface HiddenShape {
  /** Over all entries; 3 for a normal law. */
  readonly kurtosis: number
  /** Largest |h| over the median |h|. */
  readonly maxOverMedian: number
}

export function hiddenShape(h: Float32Array): HiddenShape {
  const largest = h.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return { kurtosis: kurtosis(h), maxOverMedian: largest / medianSize(h) }
}

/** The middle |h|, or the mean of the two middle ones; exact. */
function medianSize(h: Float32Array): number {
  // Without their sign, float32 numbers are in the order of their bits: first the upper half of the bits is counted,
  // then the lower half of those that share the middle's upper half. O(n), where a sort takes most of a measurement.
  const bits = new Uint32Array(h.buffer, h.byteOffset, h.length)
  const half = h.length / 2
  return (ranked(bits, Math.ceil(half) - 1) + ranked(bits, Math.floor(half))) / 2
}

const bins = 2 ** 16

/** The size with `rank` smaller or equal ones before it. */
function ranked(bits: Uint32Array, rank: number): number {
  const upper = new Uint32Array(bins)
  for (let i = 0; i < bits.length; i++) upper[(bits[i]! & 0x7fffffff) >>> 16]! += 1
  const [high, left] = place(upper, rank)
  const lower = new Uint32Array(bins)
  for (let i = 0; i < bits.length; i++) if ((bits[i]! & 0x7fffffff) >>> 16 === high) lower[bits[i]! & 0xffff]! += 1
  const [low] = place(lower, left)
  return new Float32Array(Uint32Array.of((high << 16) | low).buffer)[0]!
}

/** The bin that holds the entry of this rank, and the entry's rank within it. */
function place(counts: Uint32Array, rank: number): [bin: number, left: number] {
  let left = rank
  for (let bin = 0; bin < counts.length; bin++) {
    if (left < counts[bin]!) return [bin, left]
    left -= counts[bin]!
  }
  return [counts.length - 1, 0]
}
