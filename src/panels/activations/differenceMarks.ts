interface Pieces {
  readonly from: Float64Array
  readonly to: Float64Array
}

/** Pieces between the reference's weight and the variant's own, split by who has more; NaN where a piece is not of that kind. */
export function differenceMarks(
  weights: Float64Array,
  reference: Float64Array,
  difference: Float64Array,
): { readonly more: Pieces; readonly less: Pieces } {
  const where = (row: Float64Array, keep: (difference: number) => boolean) =>
    row.map((value, i) => (keep(difference[i]!) ? value : NaN))
  const isMore = (value: number) => value > 0
  const isLess = (value: number) => value < 0
  return {
    more: { from: where(reference, isMore), to: where(weights, isMore) },
    less: { from: where(reference, isLess), to: where(weights, isLess) },
  }
}
