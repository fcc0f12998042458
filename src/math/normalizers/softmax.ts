import { dot, maxOf, sum } from '../reductions.ts'
import { defineNormalizer, type Loss } from './contract.ts'

/**
 * Softmax: the weights proportional to the exponential of the logits.
 *   y = exp(x / T) / Σ exp(x / T)
 * @param x  logits, shape [n], n ≥ 1, finite
 * @param T  temperature, > 0; divides the logits, unitless
 * @returns  y, shape [n], sums to 1
 * O(n). Source: Bridle 1990.
 */
export function softmax(x: ArrayLike<number>, T = 1): Float64Array {
  const m = maxOf(x)
  const y = new Float64Array(x.length)
  for (let i = 0; i < y.length; i++) y[i] = Math.exp((x[i]! - m) / T)
  const total = sum(y)
  for (let i = 0; i < y.length; i++) y[i]! /= total
  return y
}

/** Jᵀc with J = (diag y − y yᵀ) / T:  y ∘ (c − ⟨c, y⟩) / T. Shapes [n]. */
export function softmaxVjp(x: ArrayLike<number>, c: ArrayLike<number>, T = 1): Float64Array {
  const y = softmax(x, T)
  const mean = dot(c, y)
  for (let i = 0; i < y.length; i++) y[i] = (y[i]! * (c[i]! - mean)) / T
  return y
}

/** ⟨c, ∂y/∂T⟩ = −⟨c, y ∘ (x − ⟨y, x⟩)⟩ / T². */
export function softmaxTemperatureVjp(x: ArrayLike<number>, c: ArrayLike<number>, T: number): number {
  // Moving T by δ moves the scaled logits x / T by −x δ / T²: the VJP at T, against −x / T.
  // Its entries add up to 0, so x may be taken from the maximum, where nothing large cancels.
  const perLogit = softmaxVjp(x, c, T)
  const m = maxOf(x)
  for (let i = 0; i < perLogit.length; i++) perLogit[i]! *= (m - x[i]!) / T
  return sum(perLogit)
}

/** Cross-entropy at a one-hot target: lse(x / T) − x_k / T, gradient (y − e_k) / T. Nats. */
export function crossEntropy(x: ArrayLike<number>, target: number, T = 1): Loss {
  const m = maxOf(x)
  const grad = new Float64Array(x.length)
  for (let i = 0; i < grad.length; i++) grad[i] = Math.exp((x[i]! - m) / T)
  const total = sum(grad)
  const value = Math.log(total) + (m - x[target]!) / T
  for (let i = 0; i < grad.length; i++) grad[i]! /= total * T
  grad[target]! -= 1 / T
  return { value, grad }
}

export const softmaxNormalizer = defineNormalizer({
  id: 'softmax',
  label: 'softmax',
  family: 'exponential',
  summary: 'Every entry gets a share, even the worst; only differences between logits count.',
  params: {
    T: {
      kind: 'number',
      symbol: 'T',
      label: 'temperature',
      about: 'Low: the winner takes all. High: all get the same.',
      default: 1,
      range: [0.05, 20],
      scale: 'log',
      domain: { above: 0 },
    },
  },
  formula: String.raw`y_i = \frac{e^{x_i/T}}{\sum_j e^{x_j/T}}`,
  sources: [
    {
      cite: 'Bridle 1990',
      title: 'Probabilistic interpretation of feedforward classification network outputs',
      where: 'doi:10.1007/978-3-642-76153-9_28',
    },
  ],
  laws: () => ['sums-to-one', 'nonnegative', 'shift-invariant', 'keeps-order', 'permutes', 'symmetric-jacobian'],
  forward: (x, { T }) => softmax(x, T),
  vjp: (x, c, { T }) => softmaxVjp(x, c, T),
  paramVjp: { T: (x, c, { T }) => softmaxTemperatureVjp(x, c, T) },
  loss: { label: 'cross-entropy', evaluate: (x, target, { T }) => crossEntropy(x, target, T) },
})
