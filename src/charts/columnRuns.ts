/** Bars in pixels; one for each entry, or for all entries that share a pixel. */
export interface ColumnRuns {
  readonly left: Float64Array
  readonly width: Float64Array
  /** Lowest value below 0, else 0; in data units. */
  readonly low: Float64Array
  /** Highest value above 0, else 0; in data units. */
  readonly high: Float64Array
  /** How many entries are exactly 0. */
  readonly zeros: Float64Array
}

/**
 * Where entries that stand side by side from `left` to `right` are drawn. Entries share a column where they are closer than
 * a pixel; then it reaches from the lowest to the highest of them, so that no peak is lost. NaN is left out.
 * @param x  centre of an entry's band, pixels
 */
export function columnRuns(
  values: ArrayLike<number>,
  left: number,
  right: number,
  x: (index: number) => number,
): ColumnRuns {
  const n = values.length
  const step = n === 0 ? 0 : (right - left) / n
  const columns = step >= 1 ? n : Math.max(0, Math.floor(right - left))
  const drawn = step >= 4 ? step * 0.75 : Math.max(step, 1)
  const runs = {
    left: new Float64Array(columns),
    width: new Float64Array(columns).fill(drawn),
    low: new Float64Array(columns),
    high: new Float64Array(columns),
    zeros: new Float64Array(columns),
  }
  for (let i = 0; i < n; i++) {
    const value = values[i]!
    const column = step >= 1 ? i : Math.min(columns - 1, Math.floor(i * step))
    runs.left[column] = step >= 1 ? x(i) - drawn / 2 : left + column
    if (value === 0) runs.zeros[column]! += 1
    if (value > runs.high[column]!) runs.high[column] = value
    if (value < runs.low[column]!) runs.low[column] = value
  }
  return runs
}
