import { logSumExp } from './logSumExp.ts'
import { sum } from './reductions.ts'

/**
 * Log-softmax: the logarithm, in nats, of the softmax weights, without taking the logarithm of a tiny weight.
 *   ℓ = x − log Σ exp(x)
 * @param x  logits, shape [n]; an entry of −Infinity counts for nothing
 * @returns  ℓ, shape [n]; −Infinity where x is; all NaN for a row with a NaN or a +Infinity
 * O(n).
 */
export function logSoftmax(x: ArrayLike<number>): Float64Array {
  const total = logSumExp(x)
  return Float64Array.from(x, (value) => (value === -Infinity && total === -Infinity ? value : value - total))
}

/** Jᵀc of {@link logSoftmax}: c − softmax(x) Σ c over the kept entries; 0 where x is −Infinity. Shapes [n]. */
export function logSoftmaxVjp(x: ArrayLike<number>, c: ArrayLike<number>): Float64Array {
  const logWeights = logSoftmax(x)
  const cKept = Float64Array.from(logWeights, (value, i) => (value === -Infinity ? 0 : c[i]!))
  const total = sum(cKept)
  return cKept.map((value, i) => value - Math.exp(logWeights[i]!) * total)
}
