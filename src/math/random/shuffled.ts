import type { Rng } from './rng.ts'

/** The items in random order, each order equally likely; the argument stays as it is. Source: Fisher & Yates 1938. */
export function shuffled<T>(items: readonly T[], rng: Rng): T[] {
  const out = [...items]
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(rng() * (i + 1))
    const moved = out[i]!
    out[i] = out[j]!
    out[j] = moved
  }
  return out
}
