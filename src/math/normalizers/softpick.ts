import { defineNormalizer } from './contract.ts'
import { maximum } from './powerThreshold.ts'

/**
 * Softpick, rectified softmax: zero and negative logits get nothing, and the row may spend less than 1.
 *   y = [e^x − 1]₊ / (Σ |e^x − 1| + ε e^{max x})
 * @param x    logits, shape [n], n ≥ 1, finite
 * @param eps  ε ≥ 0, relative to the largest e^x
 * @returns    y, shape [n]; all 0 if no logit is positive
 * O(n). Source: Zuhri, Fuadi & Aji 2025, arXiv:2504.20966.
 */
export function softpick(x: ArrayLike<number>, eps: number): Float64Array {
  const max = maximum(x)
  const y = new Float64Array(x.length)
  if (max <= 0) return y
  const D = denominator(x, max, eps)
  for (let i = 0; i < y.length; i++) if (x[i]! > 0) y[i] = scaledExpm1(x[i]!, max) / D
  return y
}

/** (e^x − 1) e^{−max}: by expm1, which keeps the digits of a small logit, unless that overflows. */
const scaledExpm1 = (x: number, max: number) =>
  max < 700 ? Math.expm1(x) * Math.exp(-max) : Math.exp(x - max) - Math.exp(-max)

/** (Σ |e^x − 1| + ε e^{max}) e^{−max}, for max > 0. */
function denominator(x: ArrayLike<number>, max: number, eps: number): number {
  let sum = eps
  for (let i = 0; i < x.length; i++) sum += Math.abs(scaledExpm1(x[i]!, max))
  return sum
}

/**
 * Jᵀc: with D the denominator over e^{max} and q = ⟨c, y⟩,
 *   (e^{x − max}/D) ∘ ([x > 0] c − sign(x) q), less ε q / D at the first largest logit, which scales ε.
 * Negative logits have a gradient too, through D. At a kink, x = 0, both one-sided factors count as 0. Shapes [n].
 */
export function softpickVjp(x: ArrayLike<number>, c: ArrayLike<number>, eps: number): Float64Array {
  const max = maximum(x)
  const out = new Float64Array(x.length)
  if (max <= 0) return out
  const D = denominator(x, max, eps)
  let q = 0
  for (let i = 0; i < out.length; i++) if (x[i]! > 0) q += (c[i]! * scaledExpm1(x[i]!, max)) / D
  let top = -1
  for (let i = 0; i < out.length; i++) {
    if (top < 0 && x[i] === max) top = i
    const pull = x[i]! > 0 ? c[i]! - q : x[i]! < 0 ? q : 0
    out[i] = (Math.exp(x[i]! - max) / D) * pull
  }
  out[top]! -= (eps / D) * q
  return out
}

export const softpickNormalizer = defineNormalizer({
  id: 'softpick',
  label: 'softpick',
  family: 'rectified',
  summary: 'A logit must be above zero to get anything, and a row without one attends to nothing.',
  params: {
    eps: {
      kind: 'number',
      symbol: String.raw`\varepsilon`,
      label: 'epsilon',
      about: 'Keeps the denominator from 0; relative to the largest exponential.',
      default: 1e-8,
      range: [1e-12, 1e-3],
      scale: 'log',
      domain: { atLeast: 0 },
    },
  },
  formula: String.raw`y_i = \frac{\max(e^{x_i} - 1, 0)}{\sum_j |e^{x_j} - 1| + \varepsilon\, e^{\max x}}`,
  sources: [
    {
      cite: 'Zuhri, Fuadi & Aji 2025',
      title: 'Softpick: No Attention Sink, No Massive Activations with Rectified Softmax',
      where: 'arXiv:2504.20966',
    },
  ],
  laws: () => ['sums-to-at-most-one', 'nonnegative', 'keeps-order', 'exact-zeros', 'permutes'],
  forward: (x, { eps }) => softpick(x, eps),
  vjp: (x, c, { eps }) => softpickVjp(x, c, eps),
})
