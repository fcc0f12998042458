import { dot, sum } from '../reductions.ts'
import { defineNormalizer } from './contract.ts'
import { softmax } from './softmax.ts'

export type SaSoftmaxForm = 'zero-minmax' | 'minmax' | 'x-min' | 'x'

/** What a form multiplies softmax by: t = (x − low) / range; `lowAt`, `highAt` are the logits that move with it, or −1. */
interface Factor {
  readonly low: number
  /** 1 where the form does not divide. */
  readonly range: number
  /** Whether the range moves with its ends. */
  readonly divides: boolean
  readonly lowAt: number
  readonly highAt: number
}

function factorOf(x: ArrayLike<number>, form: SaSoftmaxForm): Factor {
  let lowAt = 0
  let highAt = 0
  for (let i = 1; i < x.length; i++) {
    if (x[i]! < x[lowAt]!) lowAt = i
    if (x[i]! > x[highAt]!) highAt = i
  }
  const [min, max] = [x[lowAt]!, x[highAt]!]
  switch (form) {
    case 'x':
      return { low: 0, range: 1, divides: false, lowAt: -1, highAt: -1 }
    case 'x-min':
      return { low: min, range: 1, divides: false, lowAt, highAt: -1 }
    case 'minmax':
      return { low: min, range: max - min, divides: true, lowAt, highAt }
    case 'zero-minmax':
      return {
        low: Math.min(min, 0),
        range: Math.max(max, 0) - Math.min(min, 0),
        divides: true,
        lowAt: min < 0 ? lowAt : -1,
        highAt: max > 0 ? highAt : -1,
      }
  }
}

/** t for each logit. A range of 0 leaves 0/0: all logits are equal there, t is set to 1, and the map is softmax. */
function factors(x: ArrayLike<number>, { low, range }: Factor): Float64Array {
  const t = new Float64Array(x.length)
  for (let i = 0; i < t.length; i++) t[i] = range === 0 ? 1 : (x[i]! - low) / range
  return t
}

/**
 * Self-adjust softmax: softmax weights, each multiplied by how high its logit stands.
 *   y = t ∘ softmax(x), t = (x − a) / (b − a) with a = min(min x, 0), b = max(max x, 0) in the form `zero-minmax`;
 *   a = min x, b = max x in `minmax`; t = x − min x in `x-min`; t = x in `x`.
 * Where b = a the first two are 0/0; there t = 1.
 * @param x  logits, shape [n], n ≥ 1, finite
 * @returns  y, shape [n]; negative where x is, in the form `x`; the sum is not fixed
 * O(n). Source: Zheng et al. 2025, arXiv:2502.18277.
 */
export function saSoftmax(x: ArrayLike<number>, form: SaSoftmaxForm = 'zero-minmax'): Float64Array {
  const y = softmax(x)
  const t = factors(x, factorOf(x, form))
  for (let i = 0; i < y.length; i++) y[i]! *= t[i]!
  return y
}

/**
 * Jᵀc = p ∘ (c ∘ t − ⟨c, y⟩) + p ∘ c / R, with R = b − a (1 where nothing is divided), and what reaches the logits
 * that a and b are: ⟨c, p ∘ (t − 1)⟩ / R at the first smallest, −⟨c, y⟩ / R at the first largest. Shapes [n].
 */
export function saSoftmaxVjp(
  x: ArrayLike<number>,
  c: ArrayLike<number>,
  form: SaSoftmaxForm = 'zero-minmax',
): Float64Array {
  const p = softmax(x)
  const factor = factorOf(x, form)
  const t = factors(x, factor)
  const weighted = new Float64Array(x.length)
  for (let i = 0; i < weighted.length; i++) weighted[i] = c[i]! * p[i]!
  const mean = dot(weighted, t)
  const back = throughFactor(weighted, t, factor)
  for (let i = 0; i < back.length; i++) back[i]! += weighted[i]! * t[i]! - p[i]! * mean
  return back
}

/**
 * What reaches x through t: c ∘ p / R, and at the ends the two sums. Their own terms are left out of both: an end
 * does not move its own t, and at a range of 1e-9 the two parts would cancel at a scale of 1e9.
 */
function throughFactor(
  weighted: Float64Array,
  t: Float64Array,
  { range, divides, lowAt, highAt }: Factor,
): Float64Array {
  const back = new Float64Array(t.length)
  if (range === 0) return back
  for (let i = 0; i < back.length; i++) back[i] = weighted[i]! / range
  // The lowest logit moves t by (t − 1) / R, or by −1 where nothing is divided; the highest by −t / R.
  if (lowAt >= 0) back[lowAt] = pullOf(lowAt, weighted, t, divides ? 1 : 0, -1) / range
  if (highAt >= 0) back[highAt] = pullOf(highAt, weighted, t, -1, 0) / range
  return back
}

/** Σ weighted ∘ (slope t + offset) over all entries but the one at `end`. */
function pullOf(end: number, weighted: Float64Array, t: Float64Array, slope: number, offset: number): number {
  const terms = new Float64Array(t.length)
  for (let i = 0; i < terms.length; i++) if (i !== end) terms[i] = weighted[i]! * (slope * t[i]! + offset)
  return sum(terms)
}

export const saSoftmaxNormalizer = defineNormalizer({
  id: 'sa-softmax',
  label: 'self-adjust softmax',
  family: 'unspent',
  summary: 'Softmax times the height of each logit, so that a sure row still has a gradient.',
  params: {
    form: {
      kind: 'choice',
      symbol: String.raw`t`,
      label: 'factor',
      about: 'What softmax is multiplied by: the logit, its height above the lowest, or that height as a share.',
      default: 'zero-minmax',
      options: ['zero-minmax', 'minmax', 'x-min', 'x'],
    },
  },
  formula: String.raw`y_i = \frac{x_i - a}{b - a}\,\frac{e^{x_i}}{\sum_j e^{x_j}}, \quad a = \min(\min_j x_j, 0),\ b = \max(\max_j x_j, 0)`,
  sources: [{ cite: 'Zheng et al. 2025', title: 'Self-Adjust Softmax', where: 'arXiv:2502.18277' }],
  laws({ form }) {
    if (form === 'x') return ['permutes']
    const ordered = ['nonnegative', 'keeps-order', 'permutes', 'exact-zeros'] as const
    if (form === 'x-min') return [...ordered, 'shift-invariant']
    if (form === 'minmax') return [...ordered, 'shift-invariant', 'sums-to-at-most-one']
    return [...ordered, 'sums-to-at-most-one']
  },
  forward: (x, { form }) => saSoftmax(x, form),
  vjp: (x, c, { form }) => saSoftmaxVjp(x, c, form),
})
