import { dot, maxOf, sum } from '../reductions.ts'
import { defineNormalizer } from './contract.ts'

/**
 * Softmax with a sink: one more logit takes part in the sum and its weight is thrown away.
 *   y = exp(x) / (exp(s) + Σ exp(x))
 * @param x  logits, shape [n], n ≥ 1, finite
 * @param s  the sink's logit, one a head in a model; −Infinity is softmax
 * @returns  y, shape [n], sums to less than 1
 * O(n). Source: Xiao et al. 2023, arXiv:2309.17453; learned, one a head, in OpenAI's gpt-oss, 2025.
 */
export const sinkSoftmax = (x: ArrayLike<number>, s: number): Float64Array => spend(x, s).y

/** y and the sink's own weight, what is left unspent. */
function spend(x: ArrayLike<number>, s: number): { readonly y: Float64Array; readonly unspent: number } {
  // The shift is the largest of all n + 1 logits: with that of x alone, exp(s − m) would overflow for m far below s.
  const m = Math.max(maxOf(x), s)
  const y = new Float64Array(x.length)
  for (let i = 0; i < y.length; i++) y[i] = Math.exp(x[i]! - m)
  const sunk = Math.exp(s - m)
  const total = sunk + sum(y)
  for (let i = 0; i < y.length; i++) y[i]! /= total
  return { y, unspent: sunk / total }
}

/** Jᵀc = y ∘ (c − ⟨c, y⟩): softmax's, with the smaller y. Shapes [n]. */
export function sinkSoftmaxVjp(x: ArrayLike<number>, c: ArrayLike<number>, s: number): Float64Array {
  const y = sinkSoftmax(x, s)
  const mean = dot(c, y)
  for (let i = 0; i < y.length; i++) y[i]! *= c[i]! - mean
  return y
}

/** ⟨c, ∂y/∂s⟩ = −⟨c, y⟩ times the sink's weight. */
export function sinkVjp(x: ArrayLike<number>, c: ArrayLike<number>, s: number): number {
  const { y, unspent } = spend(x, s)
  return -dot(c, y) * unspent
}

export const sinkNormalizer = defineNormalizer({
  id: 'sink',
  label: 'sink softmax',
  family: 'unspent',
  summary: 'A learned extra logit takes its share and is thrown away, so a row may attend to nothing.',
  params: {
    sink: {
      kind: 'number',
      symbol: 's',
      label: 'sink logit',
      about: 'The higher, the more is left unspent. 0 is softmax off by one; far below the logits it is softmax.',
      default: 0,
      learned: true,
      range: [-10, 10],
      scale: 'linear',
      domain: {},
    },
  },
  formula: String.raw`y_i = \frac{e^{x_i}}{e^{s} + \sum_j e^{x_j}}`,
  sources: [
    {
      cite: 'OpenAI 2025',
      title: 'gpt-oss-120b & gpt-oss-20b Model Card',
      where: 'arXiv:2508.10925',
    },
    {
      cite: 'Xiao, Tian, Chen, Han & Lewis 2023',
      title: 'Efficient Streaming Language Models with Attention Sinks',
      where: 'arXiv:2309.17453',
    },
  ],
  laws: () => ['sums-to-at-most-one', 'nonnegative', 'keeps-order', 'permutes', 'symmetric-jacobian'],
  forward: (x, { sink }) => sinkSoftmax(x, sink),
  vjp: (x, c, { sink }) => sinkSoftmaxVjp(x, c, sink),
  paramVjp: { sink: (x, c, { sink }) => sinkVjp(x, c, sink) },
})
