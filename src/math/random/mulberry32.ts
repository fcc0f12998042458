import type { Rng } from './rng.ts'

/**
 * Mulberry32: uniform numbers k / 2³², from 32 bits of state. Small and easy to write again in any language, so it
 * seeds matrices that others must be able to rebuild bit for bit; for sampling use `rng`.
 * @param seed  taken modulo 2³²
 */
export function mulberry32(seed: number): Rng {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
