/** What is wrong with a number that was typed where a whole one is asked for; null for one that is right. */
export const wholeFrom =
  (low: number, high: number, written: (value: number) => string = String) =>
  (value: number): string | null =>
    Number.isInteger(value) && value >= low && value <= high
      ? null
      : `a whole number from ${written(low)} to ${written(high)}`
