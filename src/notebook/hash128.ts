/**
 * A 128-bit hash in hexadecimal, the same on every page, also where the browser's own digests are refused. It tells
 * contents apart; it is no protection against forgery.
 * @param sizes  whole numbers that describe the words, such as a shape
 */
export function hash128(sizes: readonly number[], words: Uint32Array): string {
  const [first = 0, second = 0, third = 0] = sizes
  let [a, b, c, d] = [first ^ 0x9e3779b9, second ^ 0x85ebca6b, third ^ 0xc2b2ae35, 0x27d4eb2f]
  for (let i = 0; i < words.length; i += 2) {
    const low = words[i] ?? 0
    const high = words[i + 1] ?? 0
    a = Math.imul(a ^ low, 0x9e3779b1)
    b = Math.imul(b ^ high, 0x85ebca77)
    c = Math.imul(c ^ (low + a), 0xc2b2ae3d)
    d = Math.imul(d ^ (high + b), 0x27d4eb2f)
    a = rotated(a, 13) + d
    b = rotated(b, 17) + a
    c = rotated(c, 11) + b
    d = rotated(d, 19) + c
  }
  const lanes = [a, b, c, d].map((lane, i, all) => mixed(lane ^ rotated(all[(i + 1) % 4] ?? 0, 7 + i)))
  return lanes.map((lane) => lane.toString(16).padStart(8, '0')).join('')
}

const rotated = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits))

/** Every bit of the result depends on every bit of the word. */
function mixed(word: number): number {
  let x = word ^ (word >>> 16)
  x = Math.imul(x, 0x7feb352d)
  x ^= x >>> 15
  x = Math.imul(x, 0x846ca68b)
  return (x ^ (x >>> 16)) >>> 0
}
