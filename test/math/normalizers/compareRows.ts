/** max |a − b| over two rows of one length. */
export const largestGap = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((gap, value, i) => Math.max(gap, Math.abs(value - b[i]!)), 0)

/** How many weights are positive. */
export const supportOf = (y: ArrayLike<number>): number => Array.from(y).filter((weight) => weight > 0).length

/** How far the best logit is above the next one; Infinity for a row of one. */
export const topGap = (x: ArrayLike<number>): number => {
  const [first, second] = Array.from(x).sort((a, b) => b - a)
  return second === undefined ? Infinity : first! - second
}
