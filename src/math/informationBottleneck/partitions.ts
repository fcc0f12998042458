/** Beyond this many elements there are too many partitions to list: Bell(12) is 4,213,597. */
export const largestExhaustive = 9

/**
 * Every way to group n elements, as labels in order of first appearance: [0, 0, 1], … The array is reused: copy it to
 * keep it. Bell(n) of them.
 */
export function* partitions(n: number): Generator<Int32Array> {
  const labels = new Int32Array(n)
  const highest = new Int32Array(n)
  while (true) {
    yield labels
    let i = n - 1
    while (i > 0 && labels[i]! > highest[i - 1]!) i--
    if (i <= 0) return
    labels[i]! += 1
    highest[i] = Math.max(highest[i - 1]!, labels[i]!)
    for (let k = i + 1; k < n; k++) {
      labels[k] = 0
      highest[k] = highest[i]!
    }
  }
}

/** Labels renumbered in order of first appearance, so that equal groupings have equal labels. */
export function canonical(labels: ArrayLike<number>): Int32Array {
  const ids = new Map<number, number>()
  return Int32Array.from({ length: labels.length }, (_, i) => {
    const id = ids.get(labels[i]!) ?? ids.size
    ids.set(labels[i]!, id)
    return id
  })
}
