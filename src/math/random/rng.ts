import { xoshiro128 } from './xoshiro128.ts'

/** A source of numbers in [0, 1). */
export type Rng = () => number

/**
 * A seeded source of uniform doubles in [0, 1), all 53 bits random: xoshiro128**, its state filled from the seed.
 * The same seed gives the same numbers on every machine. Neighbouring seeds give unrelated streams.
 * @param seed  taken modulo 2³²
 */
export function rng(seed: number): Rng {
  let word = seed >>> 0
  const next = () => {
    word = (word + 0x9e3779b9) >>> 0
    return mix(word)
  }
  const draw = xoshiro128([next(), next(), next(), next()])
  return () => ((draw() >>> 5) * 67108864 + (draw() >>> 6)) / 9007199254740992
}

/** MurmurHash3's finaliser: a bijection of 32 bits in which each input bit moves half of the output bits. */
function mix(word: number): number {
  let h = word
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
