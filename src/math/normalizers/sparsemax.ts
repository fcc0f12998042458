import { defineNormalizer, type Loss } from './contract.ts'
import { distances, linearPeak, type Threshold } from './powerThreshold.ts'

/**
 * Sparsemax: the point of the probability simplex nearest to the logits.
 *   y = argmin_{p ∈ Δ} ‖p − x‖²  =  max(x − τ, 0),  with τ such that Σ y = 1
 * @param x  logits, shape [n], n ≥ 1, finite
 * @returns  y, shape [n]; entries off the support are exactly 0
 * Expected O(n), no sort. Source: Martins & Astudillo 2016, arXiv:1602.02068; Michelot 1986 for the search.
 */
export function sparsemax(x: ArrayLike<number>): Float64Array {
  return sparsemaxState(x).y
}

/** τ of {@link sparsemax}, the number of positive weights, and the rounds of the search. */
export function sparsemaxThreshold(x: ArrayLike<number>): Threshold {
  const { y, max, w, rounds } = sparsemaxState(x)
  return { tau: max - w, support: y.reduce((size, weight) => size + Number(weight > 0), 0), rounds }
}

function sparsemaxState(x: ArrayLike<number>) {
  const found = distances(x, 1)
  const { max } = found
  const { w, rounds } = linearPeak(found)
  const y = new Float64Array(x.length)
  for (let i = 0; i < y.length; i++) {
    const u = x[i]! - max + w
    if (u > 0) y[i] = u
  }
  return { y, max, w, rounds }
}

/**
 * Jᵀc with J = diag(s) − s sᵀ / Σs and s the indicator of the support: c minus its mean over the support, 0 off it.
 * At a kink, xᵢ = τ, entry i counts as off the support. Shapes [n].
 */
export function sparsemaxVjp(x: ArrayLike<number>, c: ArrayLike<number>): Float64Array {
  const y = sparsemax(x)
  let sum = 0
  let size = 0
  for (let i = 0; i < y.length; i++) {
    if (y[i]! <= 0) continue
    sum += c[i]!
    size++
  }
  for (let i = 0; i < y.length; i++) y[i] = y[i]! > 0 ? c[i]! - sum / size : 0
  return y
}

/**
 * Sparsemax loss at a one-hot target k: (1 − ‖y‖²)/2 + ⟨y − e_k, x⟩, gradient y − e_k.
 * 0 exactly when x_k is above every other logit by 1 or more.
 */
export function sparsemaxLoss(x: ArrayLike<number>, target: number): Loss {
  const { y, max, w } = sparsemaxState(x)
  let mean = 0
  for (let i = 0; i < y.length; i++) if (y[i]! > 0) mean += y[i]! * (x[i]! - max)
  // ‖y‖² = ⟨y, x − τ⟩ on the support, so the value is (1 + τ + ⟨y, x⟩)/2 − x_k; all taken from the largest logit.
  const value = (1 - w + mean) / 2 - (x[target]! - max)
  y[target]! -= 1
  return { value: Math.max(value, 0), grad: y }
}

export const sparsemaxNormalizer = defineNormalizer({
  id: 'sparsemax',
  label: 'sparsemax',
  family: 'sparse',
  summary: 'Subtracts one threshold and cuts at zero: entries 1 or more below the best get exactly nothing.',
  params: {},
  formula: String.raw`y_i = \max(x_i - \tau, 0), \quad \textstyle\sum_j y_j = 1`,
  sources: [
    {
      cite: 'Martins & Astudillo 2016',
      title: 'From Softmax to Sparsemax: A Sparse Model of Attention and Multi-Label Classification',
      where: 'arXiv:1602.02068',
    },
  ],
  laws: () => [
    'sums-to-one',
    'nonnegative',
    'shift-invariant',
    'keeps-order',
    'exact-zeros',
    'permutes',
    'symmetric-jacobian',
  ],
  forward: (x) => sparsemax(x),
  vjp: (x, c) => sparsemaxVjp(x, c),
  loss: { label: 'sparsemax loss', evaluate: (x, target) => sparsemaxLoss(x, target) },
})
