import { dot, maxOf, sum } from '../reductions.ts'
import { defineNormalizer } from './contract.ts'

/**
 * Softmax with n added below the line; n = 1 is "softmax off by one".
 *   y = exp(x) / (n + Σ exp(x))
 * @param x  logits, shape [length], length ≥ 1, finite
 * @param n  ≥ 0; 0 is softmax
 * @returns  y, shape [length], sums to less than 1 for n > 0
 * O(length). Source: Miller 2023, Attention Is Off By One.
 */
export const softmaxN = (x: ArrayLike<number>, n = 1): Float64Array => shares(x, n).y

/** y, and log of the denominator's shifted part: D = exp(shift) · total. */
function shares(x: ArrayLike<number>, n: number) {
  // n is worth n·exp(−shift) once the logits are shifted. A shift below 0 would make that overflow; one by the
  // maximum that forgets to shift n is another function. With n = 0 there is nothing to overflow, and the maximum
  // must be used, or a row far below 0 would be 0/0.
  const m = maxOf(x)
  const shift = n > 0 ? Math.max(m, 0) : m
  const y = new Float64Array(x.length)
  for (let i = 0; i < y.length; i++) y[i] = Math.exp(x[i]! - shift)
  const total = n * Math.exp(-Math.max(shift, 0)) + sum(y)
  for (let i = 0; i < y.length; i++) y[i]! /= total
  return { y, shift, total }
}

/** Jᵀc = y ∘ (c − ⟨c, y⟩): softmax's, with the smaller y. Shapes [length]. */
export function softmaxNVjp(x: ArrayLike<number>, c: ArrayLike<number>, n = 1): Float64Array {
  const y = softmaxN(x, n)
  const mean = dot(c, y)
  for (let i = 0; i < y.length; i++) y[i]! *= c[i]! - mean
  return y
}

/** ⟨c, ∂y/∂n⟩ = −⟨c, y⟩ / (n + Σ exp(x)). */
export function softmaxNCountVjp(x: ArrayLike<number>, c: ArrayLike<number>, n: number): number {
  const { y, shift, total } = shares(x, n)
  return (-dot(c, y) * Math.exp(-shift)) / total
}

export const softmaxNNormalizer = defineNormalizer({
  id: 'softmax-n',
  label: 'softmax-n',
  family: 'unspent',
  summary:
    'Softmax off by n: adds n below the line, as if n logits of 0 took part: a row of low logits spends almost nothing.',
  params: {
    n: {
      kind: 'number',
      symbol: 'n',
      label: 'added to the sum',
      about: '0 is softmax, 1 is softmax off by one; the more, the less is spent.',
      default: 1,
      range: [0, 16],
      scale: 'linear',
      domain: { atLeast: 0 },
    },
  },
  formula: String.raw`y_i = \frac{e^{x_i}}{n + \sum_j e^{x_j}}`,
  sources: [
    {
      cite: 'Miller 2023',
      title: 'Attention Is Off By One',
      where: 'https://www.evanmiller.org/attention-is-off-by-one.html',
    },
  ],
  laws: ({ n }) => [
    ...(n === 0 ? (['sums-to-one', 'shift-invariant'] as const) : []),
    'sums-to-at-most-one',
    'nonnegative',
    'keeps-order',
    'permutes',
    'symmetric-jacobian',
  ],
  forward: (x, { n }) => softmaxN(x, n),
  vjp: (x, c, { n }) => softmaxNVjp(x, c, n),
  paramVjp: { n: (x, c, { n }) => softmaxNCountVjp(x, c, n) },
})
