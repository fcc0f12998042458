import { defineNormalizer } from './contract.ts'

/** A number, or −ln n for a row of n, with which equal logits of 0 share about 1. */
export type SigmoidBias = number | '-log n'

const biasOf = (bias: SigmoidBias, n: number) => (bias === '-log n' ? -Math.log(n) : bias)

/**
 * The logistic function of each logit by itself, as sigmoid attention uses it.
 *   y = σ(x + b) = 1 / (1 + exp(−x − b))
 * @param x  logits, shape [n], n ≥ 1, finite
 * @returns  y, shape [n], each in [0, 1]; the sum is anything from 0 to n
 * O(n). Source: Ramapuram et al. 2024, arXiv:2409.04431.
 */
export function sigmoid(x: ArrayLike<number>, bias: SigmoidBias = '-log n'): Float64Array {
  const b = biasOf(bias, x.length)
  const y = new Float64Array(x.length)
  for (let i = 0; i < y.length; i++) {
    const z = x[i]! + b
    // The exponent is never positive, so neither side overflows and a small weight keeps its digits.
    const e = Math.exp(-Math.abs(z))
    y[i] = (z < 0 ? e : 1) / (1 + e)
  }
  return y
}

/** Jᵀc = y ∘ (1 − y) ∘ c; the Jacobian is diagonal. Shapes [n]. */
export function sigmoidVjp(x: ArrayLike<number>, c: ArrayLike<number>, bias: SigmoidBias = '-log n'): Float64Array {
  const b = biasOf(bias, x.length)
  const back = new Float64Array(x.length)
  for (let i = 0; i < back.length; i++) {
    const e = Math.exp(-Math.abs(x[i]! + b))
    // y (1 − y) without the cancellation of 1 − y near 1.
    back[i] = (c[i]! * e) / ((1 + e) * (1 + e))
  }
  return back
}

export const sigmoidNormalizer = defineNormalizer({
  id: 'sigmoid',
  label: 'sigmoid',
  family: 'unspent',
  summary: 'Each entry by itself: no weight depends on another logit, and the total is free.',
  params: {
    bias: {
      kind: 'number-or-word',
      symbol: 'b',
      label: 'bias',
      about: 'Added to every logit. -log n keeps the total near 1 for a row of n zeros; masked entries do not count.',
      default: '-log n',
      words: ['-log n'],
      range: [-12, 4],
      scale: 'linear',
      domain: {},
    },
  },
  formula: String.raw`y_i = \frac{1}{1 + e^{-(x_i + b)}}, \quad b = -\ln n`,
  sources: [
    {
      cite: 'Ramapuram et al. 2024',
      title: 'Theory, Analysis, and Best Practices for Sigmoid Self-Attention',
      where: 'arXiv:2409.04431',
    },
  ],
  laws: () => ['nonnegative', 'keeps-order', 'permutes', 'symmetric-jacobian'],
  forward: (x, { bias }) => sigmoid(x, bias),
  vjp: (x, c, { bias }) => sigmoidVjp(x, c, bias),
  // At the bias that the row has, whether a number or the word set it.
  paramVjp: { bias: (x, c, { bias }) => sigmoidVjp(x, c, bias).reduce((total, value) => total + value, 0) },
})
