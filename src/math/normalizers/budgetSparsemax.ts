import { defineNormalizer } from './contract.ts'
import { kthLargest } from './kthLargest.ts'

/**
 * Budget sparsemax: the nearest point to the logits with entries in [0, 1] and the sum B.
 *   y = argmin ‖p − x‖², 0 ≤ p ≤ 1, Σ p = B  =  min(max(x − τ, 0), 1),  with τ such that Σ y = B
 * @param x       logits, shape [n], n ≥ 1, finite
 * @param budget  B > 0, need not be whole; a row of n ≤ B entries can spend only n, and all its weights are 1
 * @returns       y, shape [n], sums to min(B, n)
 * Expected O(n). Source: Malaviya, Ferreira & Martins 2018, arXiv:1805.08241, with equal bounds.
 */
export function budgetSparsemax(x: ArrayLike<number>, budget: number): Float64Array {
  const y = new Float64Array(x.length)
  if (budget >= x.length) return y.fill(1)
  // Below the ⌈B⌉-th largest the sum is below B, and 1 further down it is B or more: τ lies between.
  const origin = kthLargest(x, Math.ceil(budget))
  const w = raise(x, origin, budget)
  for (let i = 0; i < y.length; i++) y[i] = Math.min(Math.max(x[i]! - origin + w, 0), 1)
  return y
}

/**
 * The w in (0, 1] with Σ min(max(x − origin + w, 0), 1) = B, by Newton's method on that piecewise linear, rising function
 * within a bracket. It is neither convex nor concave, so a step that leaves the bracket, or a bracket that two rounds did
 * not halve, is answered by bisection: at most three rounds a bit. Two rounds on one linear piece end it.
 */
function raise(x: ArrayLike<number>, origin: number, budget: number): number {
  const near: number[] = []
  let full = 0
  for (let i = 0; i < x.length; i++) {
    const d = x[i]! - origin
    if (d >= 1) full++
    else if (d > -1) near.push(d)
  }
  let low = 0
  let high = 1
  let width = 1
  // From w = 1, which is the answer, to the bit, where the budget just fills the entries from the origin up.
  let w = 1
  let last = { saturated: -1, active: -1 }
  for (let rounds = 1; rounds < 200; rounds++) {
    const { sum, saturated, active } = clippedSum(near, w)
    const excess = full + sum - budget
    if (excess === 0) return w
    // One more step on the same piece takes out the rounding of the larger sums before.
    if (saturated === last.saturated && active === last.active) return w - excess / active
    if (excess < 0) low = w
    else high = w
    const stalled = rounds % 2 === 0 && high - low > width / 2
    if (rounds % 2 === 0) width = high - low
    const next = w - excess / active
    const newton = !stalled && next >= low && next <= high
    w = newton ? next : (low + high) / 2
    last = newton ? { saturated, active } : { saturated: -1, active: -1 }
  }
  return w
}

/** Σ min(max(d + w, 0), 1), how many terms are 1, and how many lie between 0 and 1. */
function clippedSum(near: readonly number[], w: number) {
  let sum = 0
  let saturated = 0
  let active = 0
  for (const d of near) {
    const u = d + w
    if (u >= 1) saturated++
    else if (u > 0) {
      sum += u
      active++
    }
  }
  return { sum: sum + saturated, saturated, active }
}

/**
 * Jᵀc: c minus its mean over the entries with 0 < y < 1, and 0 for the others, as for every entry if there is none such.
 * Shapes [n].
 */
export function budgetSparsemaxVjp(x: ArrayLike<number>, c: ArrayLike<number>, budget: number): Float64Array {
  const y = budgetSparsemax(x, budget)
  let sum = 0
  let size = 0
  for (let i = 0; i < y.length; i++) {
    if (y[i]! <= 0 || y[i]! >= 1) continue
    sum += c[i]!
    size++
  }
  for (let i = 0; i < y.length; i++) y[i] = y[i]! > 0 && y[i]! < 1 ? c[i]! - sum / size : 0
  return y
}

export const budgetSparsemaxNormalizer = defineNormalizer({
  id: 'budget-sparsemax',
  label: 'budget sparsemax',
  family: 'sparse',
  summary: 'Sparsemax with more than 1 to spend and at most 1 for each entry: a soft choice of B entries.',
  params: {
    budget: {
      kind: 'number',
      symbol: 'B',
      label: 'budget',
      about: 'What the weights sum to; a row with fewer entries gives each of them 1.',
      default: 2,
      range: [0.5, 8],
      scale: 'linear',
      domain: { above: 0 },
    },
  },
  formula: String.raw`y_i = \min(\max(x_i - \tau, 0), 1), \quad \textstyle\sum_j y_j = B`,
  sources: [
    {
      cite: 'Malaviya, Ferreira & Martins 2018',
      title: 'Sparse and Constrained Attention for Neural Machine Translation',
      where: 'arXiv:1805.08241',
    },
  ],
  laws: ({ budget }) => [
    'nonnegative',
    'shift-invariant',
    'keeps-order',
    'exact-zeros',
    'permutes',
    'symmetric-jacobian',
    ...(budget === 1 ? (['sums-to-one'] as const) : []),
    ...(budget <= 1 ? (['sums-to-at-most-one'] as const) : []),
  ],
  forward: (x, { budget }) => budgetSparsemax(x, budget),
  vjp: (x, c, { budget }) => budgetSparsemaxVjp(x, c, budget),
})
