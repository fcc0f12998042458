import { defineNormalizer } from './contract.ts'

/** What is summed: [x]₊ (in some papers "2ReLU"), its square, or (x + c)² ("2Quad"). */
export type Rectifier = 'relu' | 'relu2' | 'quad'

interface Piece {
  /** f(x) at x shifted by c where f has a c. */
  readonly f: (x: number) => number
  readonly slope: (x: number) => number
}

const pieces: Record<Rectifier, Piece> = {
  relu: { f: (x) => Math.max(x, 0), slope: (x) => (x > 0 ? 1 : 0) },
  relu2: { f: (x) => Math.max(x, 0) ** 2, slope: (x) => 2 * Math.max(x, 0) },
  quad: { f: (x) => x * x, slope: (x) => 2 * x },
}

/**
 * Normalised rectifier or square: no exponential.
 *   y = f(x) / (Σ f(x) + ε),  f = [x]₊, [x]₊² or (x + c)²
 * @param x  logits, shape [n], n ≥ 1, finite
 * @returns  y, shape [n]; all 0 if every f(x) is
 * O(n). Source: Zeng et al. 2023, arXiv:2211.13955; Li et al. 2023, arXiv:2211.01452 for the square.
 */
export function reluNorm(x: ArrayLike<number>, f: Rectifier, eps: number, c: number): Float64Array {
  const shift = f === 'quad' ? c : 0
  const y = new Float64Array(x.length)
  let sum = 0
  for (let i = 0; i < y.length; i++) sum += y[i] = pieces[f].f(x[i]! + shift)
  // Nothing to share out, and 0/0 if ε is 0.
  if (sum === 0) return y
  for (let i = 0; i < y.length; i++) y[i]! /= sum + eps
  return y
}

/** Jᵀc = f′(x) ∘ (c − ⟨c, y⟩) / (Σf + ε); at the kink of [x]₊ the slope counts as 0. Shapes [n]. */
export function reluNormVjp(
  x: ArrayLike<number>,
  cotangent: ArrayLike<number>,
  f: Rectifier,
  eps: number,
  c: number,
): Float64Array {
  const shift = f === 'quad' ? c : 0
  const piece = pieces[f]
  const out = new Float64Array(x.length)
  let sum = 0
  let weighted = 0
  for (let i = 0; i < out.length; i++) {
    const value = piece.f(x[i]! + shift)
    sum += value
    weighted += value * cotangent[i]!
  }
  if (sum === 0) return out
  const mean = weighted / (sum + eps)
  for (let i = 0; i < out.length; i++) out[i] = (piece.slope(x[i]! + shift) / (sum + eps)) * (cotangent[i]! - mean)
  return out
}

export const reluNormNormalizer = defineNormalizer({
  id: 'relu-norm',
  label: 'ReLU, normalised',
  family: 'rectified',
  summary:
    'Divides positive parts, or squares, by their sum: cheap under encryption, and a negative logit gets nothing.',
  params: {
    f: {
      kind: 'choice',
      symbol: 'f',
      label: 'function',
      about: 'relu: the positive part; relu2: its square; quad: (x + c)², which is blind to the sign of x + c.',
      default: 'relu',
      options: ['relu', 'relu2', 'quad'],
    },
    eps: {
      kind: 'number',
      symbol: String.raw`\varepsilon`,
      label: 'epsilon',
      about: 'Added to the sum; what keeps a weak row from spending all.',
      default: 1e-5,
      range: [1e-8, 1],
      scale: 'log',
      domain: { atLeast: 0 },
    },
    c: {
      kind: 'number',
      symbol: 'c',
      label: 'shift',
      about: 'Added to the logits before they are squared; only quad uses it.',
      default: 5,
      range: [0, 10],
      scale: 'linear',
      domain: {},
    },
  },
  formula: String.raw`y_i = \frac{f(x_i)}{\sum_j f(x_j) + \varepsilon}, \quad f(x) = [x]_+,\ [x]_+^2 \text{ or } (x + c)^2`,
  sources: [
    {
      cite: 'Zeng et al. 2023',
      title:
        'MPCViT: Searching for Accurate and Efficient MPC-Friendly Vision Transformer with Heterogeneous Attention',
      where: 'arXiv:2211.13955',
    },
    {
      cite: 'Li et al. 2023',
      title: 'MPCFormer: Fast, Performant and Private Transformer Inference with MPC',
      where: 'arXiv:2211.01452',
    },
  ],
  laws: ({ f }) => [
    'sums-to-at-most-one',
    'nonnegative',
    'permutes',
    ...(f === 'quad' ? [] : (['keeps-order', 'exact-zeros'] as const)),
  ],
  forward: (x, { f, eps, c }) => reluNorm(x, f, eps, c),
  vjp: (x, cotangent, { f, eps, c }) => reluNormVjp(x, cotangent, f, eps, c),
})
