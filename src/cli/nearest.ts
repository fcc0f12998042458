/** Single-letter edits from a to b: insert, delete, replace, swap neighbours. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2]! + 1 : Infinity
      row.push(Math.min(row[j - 1]! + 1, above[j]! + 1, replaced, swapped))
    }
    before = above
    above = row
  }
  return above[b.length]!
}

/** The known name that someone who wrote `name` most likely meant, or null if none is near. */
export function nearest(name: string, known: readonly string[]): string | null {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '')
  const scored = known.map((candidate) => ({ candidate, edits: distance(plain(name), plain(candidate)) }))
  scored.sort((a, b) => a.edits - b.edits)
  const best = scored[0]
  return best && best.edits <= Math.max(1, Math.floor(name.length / 3)) ? best.candidate : null
}

/** `; did you mean "softmax"?`, or nothing. */
export function suggestion(name: string, known: readonly string[]): string {
  const near = nearest(name, known)
  return near === null ? '' : `; did you mean "${near}"?`
}
