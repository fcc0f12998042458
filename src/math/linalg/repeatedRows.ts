import type { Matrix } from './matrix.ts'

/**
 * Rows that are the same as others, in groups: the indices of each group ascend, and so do the groups by their first.
 * O(n log n) comparisons of rows.
 */
export function repeatedRows({ rows, cols, values }: Matrix): number[][] {
  const compare = (a: number, b: number): number => {
    for (let c = 0; c < cols; c++) {
      const difference = values[a * cols + c]! - values[b * cols + c]!
      if (difference !== 0) return difference
    }
    return 0
  }
  const order = Array.from({ length: rows }, (_, r) => r).sort((a, b) => compare(a, b) || a - b)
  const groups: number[][] = []
  let group = order.slice(0, 1)
  for (const row of order.slice(1)) {
    if (compare(group[0]!, row) === 0) {
      group.push(row)
      if (group.length === 2) groups.push(group)
    } else group = [row]
  }
  return groups.sort((a, b) => a[0]! - b[0]!)
}
