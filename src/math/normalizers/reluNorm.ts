import { defineNormalizer } from './contract.ts'

/** What is summed: [x]₊ (in some papers "2ReLU"), its square, or (x + c)² ("2Quad"). */
export type Rectifier = 'relu' | 'relu2' | 'quad'

interface Piece {
  /** f(s·x) = s^degree · f(x) for s > 0, where x already includes the shift c. */
  readonly degree: 1 | 2
  readonly f: (x: number) => number
  readonly slope: (x: number) => number
}

const pieces: Record<Rectifier, Piece> = {
  relu: { degree: 1, f: (x) => Math.max(x, 0), slope: (x) => (x > 0 ? 1 : 0) },
  relu2: { degree: 2, f: (x) => Math.max(x, 0) ** 2, slope: (x) => 2 * Math.max(x, 0) },
  quad: { degree: 2, f: (x) => x * x, slope: (x) => 2 * x },
}

/**
 * Normalised rectifier or square: no exponential.
 *   y = f(x) / (Σ f(x) + ε),  f = [x]₊, [x]₊² or (x + c)²
 * @param x    logits, shape [n], n ≥ 1, finite
 * @param eps  ε ≥ 0, in the units of f
 * @param c    only f = quad has it
 * @returns    y, shape [n]; all 0 if every f(x) is
 * O(n). Source: Zeng et al. 2023, arXiv:2211.13955; Li et al. 2023, arXiv:2211.01452 for the square.
 */
export function reluNorm(x: ArrayLike<number>, f: Rectifier, eps: number, c: number): Float64Array {
  const { r, D } = scaled(x, f, eps, c)
  if (D === 0) return r.fill(0)
  const value = pieces[f].f
  for (let i = 0; i < r.length; i++) r[i] = value(r[i]!) / D
  return r
}

/** Jᵀc = f′(x) ∘ (c − ⟨c, y⟩) / (Σf + ε); at the kink of [x]₊ the slope counts as 0. Shapes [n]. */
export function reluNormVjp(
  x: ArrayLike<number>,
  cotangent: ArrayLike<number>,
  f: Rectifier,
  eps: number,
  c: number,
): Float64Array {
  const { r, D, top } = scaled(x, f, eps, c)
  if (D === 0) return r.fill(0)
  const piece = pieces[f]
  let mean = 0
  for (let i = 0; i < r.length; i++) mean += (piece.f(r[i]!) / D) * cotangent[i]!
  for (let i = 0; i < r.length; i++) r[i] = (piece.slope(r[i]!) / D / top) * (cotangent[i]! - mean)
  return r
}

/** x + c and the denominator in units of the largest |x + c|, so that no square over- or underflows. D = 0: a dead row. */
function scaled(x: ArrayLike<number>, f: Rectifier, eps: number, c: number) {
  const shift = f === 'quad' ? c : 0
  const { degree, f: value } = pieces[f]
  const r = new Float64Array(x.length)
  let top = 0
  for (let i = 0; i < r.length; i++) {
    r[i] = x[i]! + shift
    top = Math.max(top, Math.abs(r[i]!))
  }
  if (top === 0) return { r, D: 0, top }
  let sum = 0
  for (let i = 0; i < r.length; i++) {
    r[i]! /= top
    sum += value(r[i]!)
  }
  return { r, D: sum === 0 ? 0 : sum + (eps === 0 ? 0 : eps / top ** degree), top }
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
