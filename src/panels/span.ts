import type { MatrixLimit } from './matrixSource.ts'

/** Some rows of a matrix that follow each other, or columns. */
export interface Span {
  /** From 0. */
  readonly first: number
  readonly count: number
}

/** A matrix has no fewer rows, nor, unless its limit says so, fewer columns. */
export const leastCount = 2

/** What a range of an experiment takes of `size` rows; null is all. */
export const spanOf = (range: readonly [number, number] | null, size: number): Span =>
  range === null ? { first: 0, count: size } : { first: range[0], count: range[1] - range[0] }

/** The range that takes a span of `size` rows: null for all. */
export const rangeOf = ({ first, count }: Span, size: number): [number, number] | null =>
  count === size ? null : [first, first + count]

/** So many rows, from where they were, or as near to it as they fit. */
export const withCount = ({ first }: Span, count: number, size: number): Span => ({
  first: Math.min(first, size - count),
  count,
})

/** How many of `size` rows may be taken where `others` columns are, or the other way round. */
export function mostCount(others: number, size: number, limit: MatrixLimit): number {
  const most = Math.min(size, Math.floor(limit.entries / others))
  return others > limit.shortSide ? Math.min(most, limit.shortSide) : most
}
