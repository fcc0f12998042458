export type XoshiroState = readonly [number, number, number, number]

const rotl = (x: number, k: number) => (x << k) | (x >>> (32 - k))

/**
 * xoshiro128**: whole numbers from 0 to 2³² − 1, period 2¹²⁸ − 1.
 * @param state  four words of 32 bits, not all 0
 * Source: Blackman & Vigna 2018, arXiv:1805.01407.
 */
export function xoshiro128([a, b, c, d]: XoshiroState): () => number {
  return () => {
    const out = Math.imul(rotl(Math.imul(b, 5), 7), 9) >>> 0
    const t = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = rotl(d, 11)
    return out
  }
}
