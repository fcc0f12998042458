import { rng } from '../../math/random/rng.ts'
import { shuffled } from '../../math/random/shuffled.ts'

/**
 * `most` of n samples, ascending, drawn at random and the same at every call: evenly spaced ones would all share the low
 * bits of a task that counts through its patterns.
 */
export function someOf(n: number, most: number): number[] {
  const all = [...Array(n).keys()]
  return most >= n
    ? all
    : shuffled(all, rng(2))
        .slice(0, most)
        .sort((a, b) => a - b)
}
