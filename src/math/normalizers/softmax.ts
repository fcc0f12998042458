import { defineNormalizer, type Loss } from './contract.ts'

/**
 * Softmax: the weights proportional to the exponential of the logits.
 *   y = exp(x / T) / Σ exp(x / T)
 * @param x  logits, shape [n], n ≥ 1, finite
 * @param T  temperature, > 0; divides the logits, unitless
 * @returns  y, shape [n], sums to 1
 * O(n). Source: FORMULAS 1; Bridle 1990.
 */
export function softmax(x: ArrayLike<number>, T = 1): Float64Array {
  const n = x.length
  let max = -Infinity
  for (let i = 0; i < n; i++) if (x[i]! > max) max = x[i]!
  const y = new Float64Array(n)
  let sum = 0
  for (let i = 0; i < n; i++) sum += y[i] = Math.exp((x[i]! - max) / T)
  for (let i = 0; i < n; i++) y[i]! /= sum
  return y
}

/** Jᵀc with J = (diag y − y yᵀ) / T:  y ∘ (c − ⟨c, y⟩) / T. Shapes [n]. */
export function softmaxVjp(x: ArrayLike<number>, c: ArrayLike<number>, T = 1): Float64Array {
  const y = softmax(x, T)
  let mean = 0
  for (let i = 0; i < y.length; i++) mean += c[i]! * y[i]!
  for (let i = 0; i < y.length; i++) y[i] = (y[i]! * (c[i]! - mean)) / T
  return y
}

/** ⟨c, ∂y/∂T⟩ = −⟨c, y ∘ (x − ⟨y, x⟩)⟩ / T². */
export function softmaxTemperatureVjp(x: ArrayLike<number>, c: ArrayLike<number>, T: number): number {
  // Moving T by δ moves the scaled logits x / T by −x δ / T²: the VJP at T = 1 of those, against x.
  const perLogit = softmaxVjp(x, c, T)
  let sum = 0
  for (let i = 0; i < x.length; i++) sum -= (perLogit[i]! * x[i]!) / T
  return sum
}

/** Cross-entropy at a one-hot target: lse(x / T) − x_k / T, gradient (y − e_k) / T. Nats. */
export function crossEntropy(x: ArrayLike<number>, target: number, T = 1): Loss {
  const grad = softmax(x, T)
  let max = -Infinity
  for (let i = 0; i < x.length; i++) if (x[i]! > max) max = x[i]!
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += Math.exp((x[i]! - max) / T)
  const value = Math.log(sum) + (max - x[target]!) / T
  grad[target]! -= 1
  for (let i = 0; i < grad.length; i++) grad[i]! /= T
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
