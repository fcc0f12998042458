import { maxOf, sum } from './reductions.ts'

/**
 * log Σ exp(x) in nats, as m + log Σ exp(x − m) with m the largest entry, so nothing overflows.
 * @param x  logits, shape [n]; −Infinity entries add nothing; a NaN or a +Infinity gives NaN
 * @returns  −Infinity when there is nothing to add
 * O(n).
 */
export function logSumExp(x: ArrayLike<number>): number {
  const m = maxOf(x)
  const terms = new Float64Array(x.length)
  for (let i = 0; i < x.length; i++) terms[i] = x[i] === -Infinity ? 0 : Math.exp(x[i]! - m)
  const total = sum(terms)
  return total === 0 ? -Infinity : m + Math.log(total)
}
