import { defineNormalizer, type Loss } from './contract.ts'
import { entmaxState } from './entmaxState.ts'
import { entmaxAlphaVjp, entmaxVjp } from './entmaxVjp.ts'
import { type Threshold } from './powerThreshold.ts'
import { crossEntropy, softmax } from './softmax.ts'
import { sparsemax, sparsemaxLoss, sparsemaxThreshold } from './sparsemax.ts'

/**
 * α-entmax: the weights that maximise expected logit plus Tsallis entropy.
 *   y = argmax_{p ∈ Δ} ⟨p, x⟩ + (1 − Σ pᵢ^α) / (α(α−1))  =  [(α−1) x − τ]₊^{1/(α−1)},  with τ such that Σ y = 1
 * @param x      logits, shape [n], n ≥ 1, finite
 * @param alpha  > 0; 1 is softmax, 2 sparsemax; above 1 the weights can be exactly 0, below 1 none is
 * @returns      y, shape [n], sums to 1
 * Expected O(n) for α ≤ 2, O(n log n) above. Source: Peters, Niculae & Martins 2019, arXiv:1905.05702.
 */
export function entmax(x: ArrayLike<number>, alpha: number): Float64Array {
  if (alpha === 1) return softmax(x)
  if (alpha === 2) return sparsemax(x)
  return entmaxState(x, alpha).y
}

/** τ of {@link entmax} in the scale (α−1)·x, the number of positive weights, and the rounds of the search. */
export function entmaxThreshold(x: ArrayLike<number>, alpha: number): Threshold {
  if (alpha === 2) return sparsemaxThreshold(x)
  // (α−1) x → 0 and u → 1: softmax has no search, and its threshold is the limit.
  if (alpha === 1) return { tau: -1, support: x.length, rounds: 0 }
  const { y, max, w, rounds } = entmaxState(x, alpha)
  return { tau: (alpha - 1) * max - w, support: y.reduce((size, weight) => size + Number(weight > 0), 0), rounds }
}

/**
 * Entmax loss at a one-hot target k: (1 − Σ yᵢ^α) / (α(α−1)) + ⟨y − e_k, x⟩, gradient y − e_k.
 * For α > 1 it is 0 exactly when x_k is above every other logit by 1/(α−1) or more.
 */
export function entmaxLoss(x: ArrayLike<number>, target: number, alpha: number): Loss {
  if (alpha === 1) return crossEntropy(x, target)
  if (alpha === 2) return sparsemaxLoss(x, target)
  const { y, max, lambda } = entmaxState(x, alpha)
  let mean = 0
  for (let i = 0; i < y.length; i++) if (y[i]! > 0) mean += y[i]! * (x[i]! - max)
  // y^{α−1} = 1 + (α−1)(x − max − λ) on the support turns the entropy into (λ − ⟨y, x − max⟩)/α: no power, no 0/0 at 1.
  const value = (lambda + (alpha - 1) * mean) / alpha - (x[target]! - max)
  y[target]! -= 1
  return { value: Math.max(value, 0), grad: y }
}

export const entmaxNormalizer = defineNormalizer({
  id: 'entmax',
  label: 'entmax',
  family: 'sparse',
  summary: 'From softmax to sparsemax and beyond by one dial: weak entries fade to exactly nothing.',
  params: {
    alpha: {
      kind: 'number',
      symbol: String.raw`\alpha`,
      label: 'alpha',
      about: '1 is softmax, 2 is sparsemax; higher cuts off more.',
      default: 1.5,
      range: [1, 4],
      scale: 'linear',
      domain: { above: 0 },
    },
  },
  formula: String.raw`y_i = \left[(\alpha-1)\,x_i - \tau\right]_+^{1/(\alpha-1)}, \quad \textstyle\sum_j y_j = 1`,
  sources: [
    {
      cite: 'Peters, Niculae & Martins 2019',
      title: 'Sparse Sequence-to-Sequence Models',
      where: 'arXiv:1905.05702',
    },
    {
      cite: 'Correia, Niculae & Martins 2019',
      title: 'Adaptively Sparse Transformers',
      where: 'arXiv:1909.00015',
    },
    {
      cite: 'Gonçalves, Treviso & Martins 2025',
      title: 'AdaSplash: Adaptive Sparse Flash Attention',
      where: 'arXiv:2502.12082',
    },
  ],
  laws: ({ alpha }) => [
    'sums-to-one',
    'nonnegative',
    'shift-invariant',
    'keeps-order',
    'permutes',
    'symmetric-jacobian',
    ...(alpha > 1 ? (['exact-zeros'] as const) : []),
  ],
  forward: (x, { alpha }) => entmax(x, alpha),
  vjp: (x, c, { alpha }) => entmaxVjp(x, c, alpha),
  paramVjp: { alpha: (x, c, { alpha }) => entmaxAlphaVjp(x, c, alpha) },
  loss: { label: 'entmax loss', evaluate: (x, target, { alpha }) => entmaxLoss(x, target, alpha) },
})
