import { defineNormalizer } from './contract.ts'
import { maximum } from './powerThreshold.ts'
import { softmax } from './softmax.ts'

/** log(1 + e^z) without overflow. */
const softplusOf = (z: number) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))

const logistic = (z: number) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)))

/** softplus(z) = e^z to the last bit below this, so the ratios are softmax's, and do not underflow there. */
const tail = -37

/**
 * Softplus attention weights, and their sharpened form.
 *   a = softplus(κx) / Σ softplus(κx),   y = [n a − o]₊^p / Σ [n a − o]₊^p
 * With o = 0 and p = 1, the defaults, y = a. For attention logits the paper has κ carry the length n and the width.
 * @param x       logits, shape [n], n ≥ 1, finite
 * @param scale   κ > 0
 * @param offset  o ≥ 0, in multiples of the mean weight 1/n
 * @param power   p > 0
 * @returns       y, shape [n], sums to 1; all 0 if no n·a exceeds the offset, as when equal logits meet o ≥ 1
 * O(n). Source: Gao & Spratling 2025, arXiv:2501.13428.
 */
export function softplus(x: ArrayLike<number>, scale: number, offset: number, power: number): Float64Array {
  const { share, y } = softplusState(x, scale, offset, power)
  return y ?? share
}

interface SoftplusState {
  /** a. */
  readonly share: Float64Array
  /** κσ(κx) / Σ softplus(κx), which is ∂a/∂x but for its mean. */
  readonly slope: Float64Array
  /** [n a − o]₊ and y; null where y = a. */
  readonly u: Float64Array | null
  readonly y: Float64Array | null
}

function softplusState(x: ArrayLike<number>, scale: number, offset: number, power: number): SoftplusState {
  const n = x.length
  const { share, slope, excess } = shares(x, scale)
  if (offset === 0 && power === 1) return { share, slope, u: null, y: null }
  const u = excess.map((value) => Math.max(value + (1 - offset), 0))
  const y = new Float64Array(n)
  const top = maximum(u)
  if (top === 0) return { share, slope, u, y }
  let sum = 0
  // Relative to the largest, so that no power overflows.
  for (let i = 0; i < n; i++) sum += y[i] = (u[i]! / top) ** power
  for (let i = 0; i < n; i++) y[i]! /= sum
  return { share, slope, u, y }
}

/** a, its slope, and n·a − 1. */
function shares(x: ArrayLike<number>, scale: number) {
  const n = x.length
  const z = Float64Array.from(x, (value) => scale * value)
  const max = maximum(z)
  if (max < tail) {
    const share = softmax(z)
    return { share, slope: share.map((a) => scale * a), excess: share.map((a) => n * a - 1) }
  }
  let total = 0
  for (let i = 0; i < n; i++) total += softplusOf(z[i]!)
  // Each from the largest: n·a − 1 of nearly equal logits would lose the digits in which they differ.
  const from = z.map((value) => softplusGap(value, max))
  const mean = from.reduce((sum, value) => sum + value, 0) / n
  return {
    share: z.map((value) => softplusOf(value) / total),
    slope: z.map((value) => (scale * logistic(value)) / total),
    excess: from.map((value) => (n * (value - mean)) / total),
  }
}

/** softplus(z) − softplus(max), z ≤ max. */
const softplusGap = (z: number, max: number) =>
  max - z < 1 ? Math.log1p(logistic(max) * Math.expm1(z - max)) : softplusOf(z) - softplusOf(max)

/**
 * Jᵀc. First through the sharpening, g = n p y/u ∘ (c − ⟨c, y⟩), then through a: slope ∘ (g − ⟨g, a⟩).
 * An entry at the offset, n a = o, counts as below it. Shapes [n].
 */
export function softplusVjp(
  x: ArrayLike<number>,
  c: ArrayLike<number>,
  scale: number,
  offset: number,
  power: number,
): Float64Array {
  const { share, slope, u, y } = softplusState(x, scale, offset, power)
  const n = x.length
  const g = Float64Array.from(c)
  if (u && y) {
    const q = dot(c, y)
    for (let i = 0; i < n; i++) g[i] = y[i]! > 0 ? n * power * (y[i]! / u[i]!) * (c[i]! - q) : 0
  }
  const mean = dot(g, share)
  for (let i = 0; i < n; i++) g[i] = slope[i]! * (g[i]! - mean)
  return g
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

export const softplusNormalizer = defineNormalizer({
  id: 'softplus',
  label: 'softplus',
  family: 'rectified',
  summary: 'Softplus in place of the exponential, so large logits count by size; an offset and a power sharpen it.',
  params: {
    scale: {
      kind: 'number',
      symbol: String.raw`\kappa`,
      label: 'scale',
      about: 'Multiplies the logits; high, softplus is nearly a rectifier.',
      default: 1,
      range: [0.1, 10],
      scale: 'log',
      domain: { above: 0 },
    },
    offset: {
      kind: 'number',
      symbol: 'o',
      label: 'offset',
      about: 'Entries with less than this multiple of the mean weight get nothing.',
      default: 0,
      range: [0, 2],
      scale: 'linear',
      domain: { atLeast: 0 },
    },
    power: {
      kind: 'number',
      symbol: 'p',
      label: 'power',
      about: 'Sharpens what is left above the offset.',
      default: 1,
      range: [1, 20],
      scale: 'linear',
      domain: { above: 0 },
    },
  },
  formula: String.raw`y_i = \frac{[n a_i - o]_+^p}{\sum_j [n a_j - o]_+^p}, \quad a_i = \frac{\ln(1 + e^{\kappa x_i})}{\sum_j \ln(1 + e^{\kappa x_j})}`,
  sources: [
    {
      cite: 'Gao & Spratling 2025',
      title: 'Softplus Attention with Re-weighting Boosts Length Extrapolation in Large Language Models',
      where: 'arXiv:2501.13428',
    },
  ],
  laws: ({ offset }) => [
    // From 1 on, a row of nearly equal logits has no entry above the offset.
    offset < 1 ? 'sums-to-one' : 'sums-to-at-most-one',
    'nonnegative',
    'keeps-order',
    'permutes',
    ...(offset > 0 ? (['exact-zeros'] as const) : []),
  ],
  forward: (x, { scale, offset, power }) => softplus(x, scale, offset, power),
  vjp: (x, c, { scale, offset, power }) => softplusVjp(x, c, scale, offset, power),
})
