/**
 * The linear congruential generator s ← 1664525 s + 1013904223 mod 2³² of Numerical Recipes, as reals.
 * Its doubles are the same, bit for bit, in every language, which makes it the source of noise and test rows that
 * others must be able to rebuild. Its low bits are poor: for sampling use `rng`.
 * @param seed  taken modulo 2³²
 * @returns  shape [n], each in [low, high)
 */
export function lcg32(seed: number, n: number, low = 0, high = 1): Float64Array {
  const out = new Float64Array(n)
  let state = seed >>> 0
  for (let i = 0; i < n; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    out[i] = low + (high - low) * (state / 4294967296)
  }
  return out
}
