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
  const shares = softplusShares(x, scale)
  return isPlain(offset, power) ? shares.a : sharpened(x, shares, offset, power).y
}

interface Shares {
  readonly a: Float64Array
  readonly scale: number
  /** κ max x. */
  readonly max: number
  /** Σ softplus(κx); null in the tail, where a is softmax(κx). */
  readonly total: number | null
}

const isPlain = (offset: number, power: number) => offset === 0 && power === 1

function softplusShares(x: ArrayLike<number>, scale: number): Shares {
  const max = scale * maximum(x)
  if (max < tail) return { a: softmax(x, 1 / scale), scale, max, total: null }
  const a = new Float64Array(x.length)
  let total = 0
  for (let i = 0; i < a.length; i++) total += a[i] = softplusOf(scale * x[i]!)
  for (let i = 0; i < a.length; i++) a[i]! /= total
  return { a, scale, max, total }
}

/** u = [n a − o]₊ and y = u^p / Σ u^p. */
function sharpened(x: ArrayLike<number>, shares: Shares, offset: number, power: number) {
  const u = excess(x, shares)
  for (let i = 0; i < u.length; i++) u[i] = Math.max(u[i]! + (1 - offset), 0)
  const y = new Float64Array(u.length)
  const top = maximum(u)
  if (top === 0) return { u, y }
  let sum = 0
  // Relative to the largest, so that no power overflows.
  for (let i = 0; i < u.length; i++) sum += y[i] = (u[i]! / top) ** power
  for (let i = 0; i < u.length; i++) y[i]! /= sum
  return { u, y }
}

/** n·a − 1, from differences to the largest: nearly equal logits would lose the digits in which they differ. */
function excess(x: ArrayLike<number>, { a, scale, max, total }: Shares): Float64Array {
  const n = a.length
  if (total === null) return a.map((share) => n * share - 1)
  const out = new Float64Array(n)
  let mean = 0
  for (let i = 0; i < n; i++) mean += out[i] = softplusGap(scale * x[i]!, max)
  mean /= n
  for (let i = 0; i < n; i++) out[i] = (n * (out[i]! - mean)) / total
  return out
}

/** softplus(z) − softplus(max), z ≤ max. */
const softplusGap = (z: number, max: number) =>
  max - z < 1 ? Math.log1p(logistic(max) * Math.expm1(z - max)) : softplusOf(z) - softplusOf(max)

/**
 * Jᵀc: first through the sharpening, g = n p y/u ∘ (c − ⟨c, y⟩), then through a:
 *   κσ(κx) / Σ softplus(κx) ∘ (g − ⟨g, a⟩).
 * An entry at the offset, n a = o, counts as below it. Shapes [n].
 */
export function softplusVjp(
  x: ArrayLike<number>,
  c: ArrayLike<number>,
  scale: number,
  offset: number,
  power: number,
): Float64Array {
  const shares = softplusShares(x, scale)
  const { a, total } = shares
  const n = a.length
  const g = Float64Array.from(c)
  if (!isPlain(offset, power)) {
    const { u, y } = sharpened(x, shares, offset, power)
    // c − ⟨c, y⟩ from differences to the winner's cotangent: where u is tiny, 1/u would multiply its rounding.
    const winner = c[indexOfLargest(y)]!
    let q = 0
    for (let i = 0; i < n; i++) q += y[i]! * (c[i]! - winner)
    for (let i = 0; i < n; i++) g[i] = y[i]! > 0 ? n * power * (y[i]! / u[i]!) * (c[i]! - winner - q) : 0
  }
  const mean = dot(g, a)
  for (let i = 0; i < n; i++) {
    // κ softplus′(κx) / Σ softplus(κx); in the tail softplus is its own derivative.
    const slope = total === null ? scale * a[i]! : (scale * logistic(scale * x[i]!)) / total
    g[i] = slope * (g[i]! - mean)
  }
  return g
}

function indexOfLargest(y: Float64Array): number {
  let at = 0
  for (let i = 1; i < y.length; i++) if (y[i]! > y[at]!) at = i
  return at
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
      // Beyond, κx could leave the range of doubles.
      domain: { above: 0, atMost: 1e6 },
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
