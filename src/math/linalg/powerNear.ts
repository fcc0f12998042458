import { largestMagnitude } from '../reductions.ts'

/**
 * A power of two at the largest entry: to divide by it is exact, and afterwards no entry, and no square of one, overflows.
 * 1 where there are only zeros.
 */
export const powerNear = (values: Float64Array): number => powerAt(largestMagnitude(values))

/** {@link powerNear} of entries the largest of which is known, not negative. Its inverse is a number too. */
export const powerAt = (largest: number): number =>
  largest === 0 ? 1 : 2 ** Math.max(Math.floor(Math.log2(largest)), -1000)
