import { dot, sum } from '../reductions.ts'
import { defineNormalizer, type Loss } from './contract.ts'
import { taylorExp, taylorExpSlope } from './taylorSeries.ts'

export interface TaylorParams {
  /** K, even, ≥ 2. */
  readonly order: number
  /** Taken off the target's logit first; 0 for the plain map. */
  readonly margin: number
  /** Which logit the margin is taken off, counted among the kept ones; past the end it is taken off none. */
  readonly target: number
}

/** Near the largest double, from where the top power is scaled. */
const roomForPowers = 290

function withMargin(x: ArrayLike<number>, margin: number, target: number): ArrayLike<number> {
  if (margin === 0 || target >= x.length) return x
  const moved = Float64Array.from(x)
  moved[target]! -= margin
  return moved
}

/** 1 unless the largest |x|^K would overflow, then 1 / max |x|. */
function unitOf(x: ArrayLike<number>, order: number): number {
  let size = 1
  for (let i = 0; i < x.length; i++) size = Math.max(size, Math.abs(x[i]!))
  return order * Math.log10(size) < roomForPowers ? 1 : 1 / size
}

/** f_K(x) and Σ f_K(x), both on the scale `unit`^K. */
function polynomials(x: ArrayLike<number>, order: number) {
  const unit = unitOf(x, order)
  const f = new Float64Array(x.length)
  for (let i = 0; i < f.length; i++) f[i] = taylorExp(x[i]!, order, unit)
  return { unit, f, total: sum(f) }
}

/**
 * Taylor softmax: the exponential replaced by its Taylor polynomial of even order, which is positive everywhere.
 *   y = f(x) / Σ f(x), f(x) = Σ_{k≤K} x^k / k!
 * For K = 2, f = ((1 + x)² + 1) / 2: not monotone, smallest at x = −1. With a margin, x_target − margin comes first.
 * @param x  logits, shape [n], n ≥ 1, finite
 * @returns  y, shape [n], sums to 1
 * O(n K). Source: de Brébisson & Vincent 2015, arXiv:1511.05042; with a margin Banerjee et al. 2020, arXiv:2011.11538.
 */
export function taylorSoftmax(x: ArrayLike<number>, { order, margin, target }: TaylorParams): Float64Array {
  const { f, total } = polynomials(withMargin(x, margin, target), order)
  for (let i = 0; i < f.length; i++) f[i]! /= total
  return f
}

/** Jᵀc = f′(x) / F ∘ (c − ⟨c, y⟩), f′ the polynomial of order K − 1, F = Σ f(x). Shapes [n]. */
export function taylorSoftmaxVjp(
  x: ArrayLike<number>,
  c: ArrayLike<number>,
  { order, margin, target }: TaylorParams,
): Float64Array {
  const z = withMargin(x, margin, target)
  const { unit, f, total } = polynomials(z, order)
  const mean = dot(c, f) / total
  for (let i = 0; i < f.length; i++) f[i] = (taylorExpSlope(z[i]!, order, unit) / total) * (c[i]! - mean)
  return f
}

/** ⟨c, ∂y/∂margin⟩: the margin moves the target's logit down. */
export const taylorMarginVjp = (x: ArrayLike<number>, c: ArrayLike<number>, params: TaylorParams): number =>
  params.target < x.length ? -taylorSoftmaxVjp(x, c, params)[params.target]! : 0

/** −ln y_k, gradient f′(x) / F − e_k f′(x_k) / f(x_k). Nats. The margin is taken off the loss's own target, k. */
export function taylorLoss(x: ArrayLike<number>, target: number, { order, margin }: TaylorParams): Loss {
  const z = withMargin(x, margin, target)
  const { unit, f, total } = polynomials(z, order)
  const value = Math.log(total / f[target]!)
  const own = taylorExpSlope(z[target]!, order, unit) / f[target]!
  for (let i = 0; i < f.length; i++) f[i] = taylorExpSlope(z[i]!, order, unit) / total
  f[target]! -= own
  return { value, grad: f }
}

export const taylorNormalizer = defineNormalizer({
  id: 'taylor',
  label: 'Taylor softmax',
  family: 'polynomial',
  summary: 'A polynomial in place of the exponential: long tails, and a very low logit can beat a middling one.',
  params: {
    order: {
      kind: 'number',
      symbol: 'K',
      label: 'order',
      about: 'Degree of the polynomial, even so that it stays positive; high orders approach softmax.',
      default: 2,
      range: [2, 16],
      scale: 'linear',
      domain: { even: true, atLeast: 2, atMost: 64 },
    },
    margin: {
      kind: 'number',
      symbol: 'm',
      label: 'margin',
      about: 'Taken off the target’s logit before the map (soft-margin Taylor softmax); 0 for the plain map.',
      default: 0,
      range: [0, 5],
      scale: 'linear',
      domain: {},
    },
    target: {
      kind: 'number',
      symbol: 't',
      label: 'target of the margin',
      about: 'Which kept entry, counted from 0, the margin is taken off; masked entries are not counted.',
      default: 0,
      range: [0, 15],
      scale: 'linear',
      domain: { integer: true, atLeast: 0 },
    },
  },
  formula: String.raw`y_i = \frac{f_K(x_i)}{\sum_j f_K(x_j)}, \quad f_K(x) = \sum_{k=0}^{K} \frac{x^k}{k!}`,
  sources: [
    {
      cite: 'de Brébisson & Vincent 2015',
      title: 'An Exploration of Softmax Alternatives Belonging to the Spherical Loss Family',
      where: 'arXiv:1511.05042',
    },
    {
      cite: 'Banerjee et al. 2020',
      title: 'Exploring Alternatives to Softmax Function',
      where: 'arXiv:2011.11538',
    },
  ],
  // The margin singles one place out.
  laws: ({ margin }) => ['sums-to-one', 'nonnegative', ...(margin === 0 ? (['permutes'] as const) : [])],
  forward: (x, params) => taylorSoftmax(x, params),
  vjp: (x, c, params) => taylorSoftmaxVjp(x, c, params),
  paramVjp: { margin: (x, c, params) => taylorMarginVjp(x, c, params) },
  loss: { label: 'cross-entropy', evaluate: (x, target, params) => taylorLoss(x, target, params) },
})
