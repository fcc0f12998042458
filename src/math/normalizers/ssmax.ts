import { dot } from '../reductions.ts'
import { defineNormalizer } from './contract.ts'
import { softmax, softmaxVjp } from './softmax.ts'

/** By how much the logits of a row of n are multiplied: κ = s ln n + b. */
export const ssmaxScale = (n: number, s: number, b: number): number => s * Math.log(n) + b

/**
 * κ (x − x_top), with x_top the logit that κ makes the largest. Softmax does not see the shift, and a difference that
 * is taken before it is multiplied keeps its digits at logits of 1e4.
 */
export function scaledGaps(x: ArrayLike<number>, kappa: number): Float64Array {
  const gaps = gapsFromTop(x, kappa)
  for (let i = 0; i < gaps.length; i++) gaps[i]! *= kappa
  return gaps
}

function gapsFromTop(x: ArrayLike<number>, kappa: number): Float64Array {
  let top = x[0]!
  for (let i = 1; i < x.length; i++) if (kappa < 0 ? x[i]! < top : x[i]! > top) top = x[i]!
  const gaps = new Float64Array(x.length)
  for (let i = 0; i < gaps.length; i++) gaps[i] = x[i]! - top
  return gaps
}

/**
 * Scalable softmax: softmax of logits that grow with the logarithm of the row's length.
 *   y = n^(s x) / Σ n^(s x) = softmax((s ln n + b) x)
 * @param x  logits, shape [n], n ≥ 1, finite
 * @param s  strength, one a head in a model; unitless
 * @param b  bias added to the factor, 0 in the plain form; unitless
 * @returns  y, shape [n], sums to 1
 * O(n). Source: Nakanishi 2025, arXiv:2501.19399.
 */
export const ssmax = (x: ArrayLike<number>, s = 0.43, b = 0): Float64Array =>
  softmax(scaledGaps(x, ssmaxScale(x.length, s, b)))

/** Jᵀc = κ y ∘ (c − ⟨c, y⟩), κ = s ln n + b. Shapes [n]. */
export function ssmaxVjp(x: ArrayLike<number>, c: ArrayLike<number>, s = 0.43, b = 0): Float64Array {
  const kappa = ssmaxScale(x.length, s, b)
  const back = softmaxVjp(scaledGaps(x, kappa), c)
  for (let i = 0; i < back.length; i++) back[i]! *= kappa
  return back
}

/** ⟨c, ∂y/∂κ⟩ = ⟨c, y ∘ (x − ⟨y, x⟩)⟩ for y = softmax(κ x). */
export const softmaxScaleVjp = (x: ArrayLike<number>, c: ArrayLike<number>, kappa: number): number =>
  dot(softmaxVjp(scaledGaps(x, kappa), c), gapsFromTop(x, kappa))

export const ssmaxNormalizer = defineNormalizer({
  id: 'ssmax',
  label: 'scalable softmax',
  family: 'exponential',
  summary: 'Multiplies the logits by the logarithm of the row length, so that a long row does not flatten.',
  params: {
    s: {
      kind: 'number',
      symbol: 's',
      label: 'strength',
      about: 'How fast the logits grow with ln n; the top weight survives when s times its lead is above 1.',
      default: 0.43,
      learned: true,
      range: [0, 2],
      scale: 'linear',
      domain: { atLeast: -1e6, atMost: 1e6 },
    },
    b: {
      kind: 'number',
      symbol: 'b',
      label: 'bias',
      about: 'Added to s ln n: with s = 0 and b = 1 this is softmax.',
      default: 0,
      range: [-1, 2],
      scale: 'linear',
      domain: { atLeast: -1e6, atMost: 1e6 },
    },
  },
  formula: String.raw`y_i = \frac{n^{s x_i} e^{b x_i}}{\sum_j n^{s x_j} e^{b x_j}} = \operatorname{softmax}\bigl((s \ln n + b)\,x\bigr)_i`,
  sources: [{ cite: 'Nakanishi 2025', title: 'Scalable-Softmax Is Superior for Attention', where: 'arXiv:2501.19399' }],
  laws: ({ s, b }) => [
    'sums-to-one',
    'nonnegative',
    'shift-invariant',
    'permutes',
    'symmetric-jacobian',
    // A negative factor turns the order round.
    ...(s >= 0 && b >= 0 ? (['keeps-order'] as const) : []),
  ],
  forward: (x, { s, b }) => ssmax(x, s, b),
  vjp: (x, c, { s, b }) => ssmaxVjp(x, c, s, b),
  paramVjp: {
    s: (x, c, { s, b }) => Math.log(x.length) * softmaxScaleVjp(x, c, ssmaxScale(x.length, s, b)),
    b: (x, c, { s, b }) => softmaxScaleVjp(x, c, ssmaxScale(x.length, s, b)),
  },
})
