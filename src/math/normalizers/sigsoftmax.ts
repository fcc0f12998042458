import { defineNormalizer, type Loss } from './contract.ts'
import { crossEntropy, softmax, softmaxVjp } from './softmax.ts'

/** x + ln σ(x), which is 2x far below 0 and x far above. */
export const plusLogSigmoid = (x: number): number => x + Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)))

const withLogSigmoid = (x: ArrayLike<number>): Float64Array => Float64Array.from(x, plusLogSigmoid)

/** Multiplies each entry by the slope of x + ln σ(x): 2 − σ(x) = 1 + σ(−x). */
function timesSlope(row: Float64Array, x: ArrayLike<number>): Float64Array {
  for (let i = 0; i < row.length; i++) row[i]! *= 1 + 1 / (1 + Math.exp(x[i]!))
  return row
}

/**
 * Sigsoftmax: each exponential weighted by a sigmoid, so that log y is not linear in x.
 *   y = exp(x) σ(x) / Σ exp(x) σ(x) = softmax(x + ln σ(x))
 * @param x  logits, shape [n], n ≥ 1, finite
 * @returns  y, shape [n], sums to 1
 * O(n). Source: Kanai, Fujiwara, Yamanaka & Adachi 2018, arXiv:1805.10829.
 */
export const sigsoftmax = (x: ArrayLike<number>): Float64Array => softmax(withLogSigmoid(x))

/** Jᵀc = (2 − σ(x)) ∘ y ∘ (c − ⟨c, y⟩). Shapes [n]. */
export const sigsoftmaxVjp = (x: ArrayLike<number>, c: ArrayLike<number>): Float64Array =>
  timesSlope(softmaxVjp(withLogSigmoid(x), c), x)

/** −ln y_k, gradient (2 − σ(x)) ∘ (y − e_k). Nats. */
export function sigsoftmaxLoss(x: ArrayLike<number>, target: number): Loss {
  const { value, grad } = crossEntropy(withLogSigmoid(x), target)
  return { value, grad: timesSlope(grad, x) }
}

export const sigsoftmaxNormalizer = defineNormalizer({
  id: 'sigsoftmax',
  label: 'sigsoftmax',
  family: 'exponential',
  summary:
    'Like softmax above 0 and like softmax of twice the logits below: the bend lifts the rank of an output layer.',
  params: {},
  formula: String.raw`y_i = \frac{e^{x_i}\,\sigma(x_i)}{\sum_j e^{x_j}\,\sigma(x_j)}`,
  sources: [
    {
      cite: 'Kanai, Fujiwara, Yamanaka & Adachi 2018',
      title: 'Sigsoftmax: Reanalysis of the Softmax Bottleneck',
      where: 'arXiv:1805.10829',
    },
  ],
  laws: () => ['sums-to-one', 'nonnegative', 'keeps-order', 'permutes'],
  forward: (x) => sigsoftmax(x),
  vjp: (x, c) => sigsoftmaxVjp(x, c),
  loss: { label: 'cross-entropy', evaluate: (x, target) => sigsoftmaxLoss(x, target) },
})
