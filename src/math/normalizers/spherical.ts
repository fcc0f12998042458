import { dot, sum } from '../reductions.ts'
import { defineNormalizer, type Loss } from './contract.ts'

/** The row over `scale`, squared, with ε: what spherical softmax shares out. Nothing over- or underflows on this scale. */
interface Squares {
  /** max(max |x|, √ε); 0 for a row of zeros at ε = 0. */
  readonly scale: number
  /** (x² + ε) / scale², shape [n]. */
  readonly f: Float64Array
  readonly total: number
}

function squares(x: ArrayLike<number>, eps: number): Squares {
  let scale = Math.sqrt(eps)
  for (let i = 0; i < x.length; i++) scale = Math.max(scale, Math.abs(x[i]!))
  const f = new Float64Array(x.length)
  // 0/0 at ε = 0: the row of zeros gets its limit for ε → 0, equal shares.
  if (scale === 0) return { scale, f: f.fill(1), total: x.length }
  const floor = eps / scale / scale
  for (let i = 0; i < f.length; i++) f[i] = (x[i]! / scale) ** 2 + floor
  return { scale, f, total: sum(f) }
}

/**
 * Spherical softmax: weights proportional to the squares of the logits. Blind to their signs.
 *   y = (x² + ε) / Σ (x² + ε)
 * @param x    logits, shape [n], n ≥ 1, finite
 * @param eps  ≥ 0; at 0 the map does not see scale, and a row of zeros, 0/0, is set to 1/n
 * @returns  y, shape [n], sums to 1
 * O(n). Source: de Brébisson & Vincent 2015, arXiv:1511.05042.
 */
export function sphericalSoftmax(x: ArrayLike<number>, eps = 1e-6): Float64Array {
  const { f, total } = squares(x, eps)
  for (let i = 0; i < f.length; i++) f[i]! /= total
  return f
}

/** Jᵀc = 2 x / F ∘ (c − ⟨c, y⟩), F = Σ (x² + ε). Shapes [n]. */
export function sphericalSoftmaxVjp(x: ArrayLike<number>, c: ArrayLike<number>, eps = 1e-6): Float64Array {
  const { scale, f, total } = squares(x, eps)
  const mean = dot(c, f) / total
  const back = new Float64Array(x.length)
  if (scale > 0) for (let i = 0; i < back.length; i++) back[i] = ((2 * x[i]!) / scale / total / scale) * (c[i]! - mean)
  return back
}

/** ⟨c, ∂y/∂ε⟩ = (Σ c − n ⟨c, y⟩) / F. */
export function sphericalEpsVjp(x: ArrayLike<number>, c: ArrayLike<number>, eps: number): number {
  const { scale, f, total } = squares(x, eps)
  const mean = dot(c, f) / total
  const offMean = Float64Array.from(f, (_, i) => c[i]! - mean)
  return scale > 0 ? sum(offMean) / scale / total / scale : 0
}

/** −ln y_k, gradient 2 x / F − e_k 2 x_k / (x_k² + ε). Nats. Infinite at ε = 0 and x_k = 0. */
export function sphericalLoss(x: ArrayLike<number>, target: number, eps = 1e-6): Loss {
  const { scale, f, total } = squares(x, eps)
  const value = Math.log(total / f[target]!)
  const grad = new Float64Array(x.length)
  if (scale === 0) return { value, grad }
  for (let i = 0; i < grad.length; i++) grad[i] = (2 * x[i]!) / scale / total / scale
  grad[target]! -= (2 * x[target]!) / scale / f[target]! / scale
  return { value, grad }
}

export const sphericalNormalizer = defineNormalizer({
  id: 'spherical',
  label: 'spherical softmax',
  family: 'polynomial',
  summary: 'Shares by the square of each logit: a very low logit gets as much as a very high one.',
  params: {
    eps: {
      kind: 'number',
      symbol: String.raw`\varepsilon`,
      label: 'floor',
      about: 'Added to every square: what a logit of 0 gets. At 0 only ratios of logits count.',
      default: 1e-6,
      range: [1e-9, 10],
      scale: 'log',
      domain: { atLeast: 0 },
    },
  },
  formula: String.raw`y_i = \frac{x_i^2 + \varepsilon}{\sum_j (x_j^2 + \varepsilon)}`,
  sources: [
    {
      cite: 'de Brébisson & Vincent 2015',
      title: 'An Exploration of Softmax Alternatives Belonging to the Spherical Loss Family',
      where: 'arXiv:1511.05042',
    },
  ],
  laws: ({ eps }) => [
    'sums-to-one',
    'nonnegative',
    'permutes',
    ...(eps === 0 ? (['scale-invariant', 'exact-zeros'] as const) : []),
  ],
  forward: (x, { eps }) => sphericalSoftmax(x, eps),
  vjp: (x, c, { eps }) => sphericalSoftmaxVjp(x, c, eps),
  paramVjp: { eps: (x, c, { eps }) => sphericalEpsVjp(x, c, eps) },
  loss: { label: 'cross-entropy', evaluate: (x, target, { eps }) => sphericalLoss(x, target, eps) },
})
