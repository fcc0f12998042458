import { defineNormalizer } from './contract.ts'

/**
 * ReLU over the length of the row, by itself a logit at a time: no weight depends on another logit.
 *   y = [x]₊ / n
 * @param x  logits, shape [n], n ≥ 1, finite
 * @returns  y, shape [n]; the sum is the mean positive part, from 0 to anything
 * O(n). Source: Wortsman et al. 2023, arXiv:2309.08586; as attention without sinks, Guo et al. 2024, arXiv:2410.13835.
 */
export function reluN(x: ArrayLike<number>): Float64Array {
  const y = new Float64Array(x.length)
  for (let i = 0; i < y.length; i++) if (x[i]! > 0) y[i] = x[i]! / y.length
  return y
}

/** Jᵀc = [x > 0] ∘ c / n; at the kink, x = 0, the slope counts as 0. Shapes [n]. */
export function reluNVjp(x: ArrayLike<number>, c: ArrayLike<number>): Float64Array {
  const back = new Float64Array(x.length)
  for (let i = 0; i < back.length; i++) if (x[i]! > 0) back[i] = c[i]! / back.length
  return back
}

export const reluNNormalizer = defineNormalizer({
  id: 'relu-n',
  label: 'ReLU over n',
  family: 'rectified',
  summary: 'Positive parts over the row length: each entry by itself, and the total is free.',
  params: {},
  formula: String.raw`y_i = \frac{\max(x_i, 0)}{n}`,
  sources: [
    {
      cite: 'Wortsman, Lee, Gilmer & Kornblith 2023',
      title: 'Replacing softmax with ReLU in Vision Transformers',
      where: 'arXiv:2309.08586',
    },
    {
      cite: 'Guo et al. 2024',
      title: 'Active-Dormant Attention Heads: Mechanistically Demystifying Extreme-Token Phenomena in LLMs',
      where: 'arXiv:2410.13835',
    },
  ],
  laws: () => ['nonnegative', 'keeps-order', 'exact-zeros', 'permutes', 'symmetric-jacobian'],
  forward: (x) => reluN(x),
  vjp: (x, c) => reluNVjp(x, c),
})
