const families = ['exponential', 'sparse', 'rectified', 'unspent', 'polynomial'] as const
/** Shades of a family. */
const members = 4

/** A token's colour: the same as long as its number is, and no other's of twenty. Each five tokens start two hues further on, one shade on. */
export function tokenColour(token: number): string {
  const five = Math.floor(token / families.length)
  return `var(--${families[(token + 2 * five) % families.length]}-${1 + (five % members)})`
}
