import type { Rng } from './rng.ts'

/** One standard normal number, mean 0 and deviation 1, from two uniform ones. Source: Box & Muller 1958. */
export function gaussian(rng: Rng): number {
  // 1 − u is never 0, so the logarithm is finite.
  const radius = Math.sqrt(-2 * Math.log(1 - rng()))
  return radius * Math.cos(2 * Math.PI * rng())
}

/** `n` independent standard normal numbers, shape [n]. */
export function gaussians(rng: Rng, n: number): Float64Array {
  const out = new Float64Array(n)
  for (let i = 0; i < n; i++) out[i] = gaussian(rng)
  return out
}
