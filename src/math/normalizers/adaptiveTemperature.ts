import { dot, sum } from '../reductions.ts'
import { defineNormalizer } from './contract.ts'
import { softmax, softmaxVjp } from './softmax.ts'
import { scaledGaps, softmaxScaleVjp } from './ssmax.ts'

/** The published fit of the sharpening against the entropy in nats, highest power first. */
const fit = [-0.037, 0.481, -2.3, 4.917, -1.791] as const
/** Nats; at or below it nothing is sharpened. */
const leastEntropy = 0.5
/** Keeps the logarithm of a weight of 0 finite, as published. */
const insideLog = 1e-9

const polynomial = (h: number) => fit.reduce((value, coefficient) => value * h + coefficient, 0)
const polynomialSlope = (h: number) => ((4 * fit[0] * h + 3 * fit[1]) * h + 2 * fit[2]) * h + fit[3]

/** H = −Σ p log(p + 1e-9) of p = softmax(x), nats. */
function entropyOf(p: Float64Array): number {
  const terms = new Float64Array(p.length)
  for (let i = 0; i < p.length; i++) terms[i] = -p[i]! * Math.log(p[i]! + insideLog)
  return sum(terms)
}

/** β, the inverse temperature that a row of this entropy (nats) gets; 1 outside 0.849 < H < 5.944. */
export const adaptiveSharpening = (entropyNats: number): number =>
  entropyNats > leastEntropy ? Math.max(polynomial(entropyNats), 1) : 1

const sharpeningOf = (x: ArrayLike<number>) => adaptiveSharpening(entropyOf(softmax(x)))

/**
 * Softmax with an adaptive temperature: the flatter the row, the more it is sharpened, by a polynomial in its entropy.
 *   y = softmax(β x), β = max(−0.037 H⁴ + 0.481 H³ − 2.3 H² + 4.917 H − 1.791, 1) if H > 0.5, else 1;
 *   H = −Σ p log(p + 1e-9), p = softmax(x), nats
 * @param x  logits, shape [n], n ≥ 1, finite
 * @returns  y, shape [n], sums to 1
 * O(n). Source: Veličković et al. 2024, arXiv:2410.01104.
 */
export const adaptiveTemperature = (x: ArrayLike<number>): Float64Array => softmax(scaledGaps(x, sharpeningOf(x)))

/**
 * Jᵀc. `stop` holds β still: β y ∘ (c − ⟨c, y⟩). `full` adds what reaches x through β:
 * ⟨c, ∂y/∂β⟩ β′(H) p ∘ (r − ⟨p, r⟩), r = −log(p + 1e-9) − p / (p + 1e-9). Shapes [n].
 */
export function adaptiveTemperatureVjp(
  x: ArrayLike<number>,
  c: ArrayLike<number>,
  grad: 'stop' | 'full' = 'stop',
): Float64Array {
  const p = softmax(x)
  const entropy = entropyOf(p)
  const beta = adaptiveSharpening(entropy)
  const back = softmaxVjp(scaledGaps(x, beta), c)
  for (let i = 0; i < back.length; i++) back[i]! *= beta
  if (grad === 'stop' || beta === 1) return back
  const throughBeta = softmaxScaleVjp(x, c, beta) * polynomialSlope(entropy)
  const r = new Float64Array(p.length)
  for (let i = 0; i < r.length; i++) r[i] = -Math.log(p[i]! + insideLog) - p[i]! / (p[i]! + insideLog)
  const mean = dot(p, r)
  for (let i = 0; i < back.length; i++) back[i]! += throughBeta * p[i]! * (r[i]! - mean)
  return back
}

export const adaptiveTemperatureNormalizer = defineNormalizer({
  id: 'adaptive-temperature',
  label: 'adaptive temperature',
  family: 'exponential',
  summary:
    'Sharpens a row by a polynomial in its own entropy; very flat rows, of more than 382 equal keys, are left alone.',
  params: {
    grad: {
      kind: 'choice',
      symbol: String.raw`\nabla\beta`,
      label: 'gradient through the temperature',
      about: 'stop: the temperature counts as a constant, as at inference. full: it is differentiated too.',
      default: 'stop',
      options: ['stop', 'full'],
    },
  },
  formula: String.raw`y = \operatorname{softmax}(\beta x), \quad \beta = \max\bigl(-0.037H^4 + 0.481H^3 - 2.3H^2 + 4.917H - 1.791,\ 1\bigr),\ H = H(\operatorname{softmax}(x)) > \tfrac12`,
  sources: [
    {
      cite: 'Veličković, Perivolaropoulos, Barbero & Pascanu 2024',
      title: 'softmax is not enough (for sharp out-of-distribution)',
      where: 'arXiv:2410.01104',
    },
  ],
  laws: ({ grad }) => [
    'sums-to-one',
    'nonnegative',
    'shift-invariant',
    'keeps-order',
    'permutes',
    ...(grad === 'stop' ? (['symmetric-jacobian'] as const) : []),
  ],
  forward: (x) => adaptiveTemperature(x),
  vjp: (x, c, { grad }) => adaptiveTemperatureVjp(x, c, grad),
})
