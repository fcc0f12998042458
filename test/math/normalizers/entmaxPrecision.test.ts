import { describe, expect, it } from 'vitest'
import { entmax, entmaxLoss, entmaxThreshold } from '../../../src/math/normalizers/entmax.ts'
import { entmaxAlphaVjp, entmaxVjp } from '../../../src/math/normalizers/entmaxVjp.ts'
import { softmax } from '../../../src/math/normalizers/softmax.ts'
import { lcg32 } from '../../../src/math/random/lcg32.ts'
import { largestGap } from './compareRows.ts'
import { entmaxReference, referenceAlphaVjp } from './entmaxReference.ts'
import { exp, fromDouble, log, one, pow, toDouble } from './highPrecision.ts'

describe('320-bit arithmetic, the measure here', () => {
  it('knows e, ln 10 and 2^0.5 to the last bit of a double, and takes a product back', () => {
    expect(toDouble(exp(one))).toBe(Math.E)
    expect(toDouble(log(10n * one))).toBe(Math.LN10)
    expect(toDouble(pow(2n * one, one >> 1n))).toBe(Math.SQRT2)
    expect(toDouble(exp(log(fromDouble(1e-30))))).toBe(1e-30)
    expect(toDouble(exp(fromDouble(-200.5)) - pow(exp(-one), fromDouble(200.5)))).toBeLessThan(1e-90)
  })
})

const rows = [
  [1, 1 + 1e-9, 1 + 2e-9, 1 + 3e-9],
  [1e4, -1e4, 9999.625, 0, 9999],
  [0.31, -0.2],
  [0, 0, 0],
  [5, 4.99, 4.6, 0, -3, -1e4],
  Array.from(lcg32(1, 6, -3, 3)),
  Array.from(lcg32(2, 6, -0.3, 0.3)),
]
const alphas = [0.05, 0.5, 1 - 1e-9, 1 + 2 ** -52, 1 + 1e-9, 1.0001, 1.01, 1.25, 1.333, 1.5, 1.75, 1.999, 2.0001, 3, 4]
const close = (got: ArrayLike<number>, want: readonly number[]) =>
  largestGap(got, want) / want.reduce((scale, value) => Math.max(scale, Math.abs(value)), 1)

// A few units in the last place: an ill-conditioned formula would lose 1e-16/|α − 1| near 1.
it.each(alphas)(
  'entmax at α = %d, its τ, vjp, loss and ∂/∂α agree with bisection in 320 bits to 4e-16 and 2e-15',
  (alpha) => {
    for (const x of rows) {
      const reference = entmaxReference(x, alpha)
      expect(close(entmax(x, alpha), reference.y)).toBeLessThanOrEqual(4e-16)
      expect(close([entmaxThreshold(x, alpha).tau], [reference.tau()])).toBeLessThanOrEqual(4e-16)
      const c = x.map((_, i) => Math.cos(3 * i + 1))
      expect(close(entmaxVjp(x, c, alpha), reference.vjp(c))).toBeLessThanOrEqual(2e-15)
      expect(close([entmaxLoss(x, 1, alpha).value], [reference.loss(1)])).toBeLessThanOrEqual(2e-15)
      expect(close([entmaxAlphaVjp(x, c, alpha)], [referenceAlphaVjp(x, c, alpha)])).toBeLessThanOrEqual(2e-15)
    }
  },
)

describe('entmax at its edges', () => {
  it('has at α = 1 the derivative −½ ⟨c, y ∘ (log²y − Σ y log²y)⟩ with respect to α', () => {
    const x = [1.5, -0.25, 0.75, -2]
    const c = [1, -1, 0.5, 2]
    const y = softmax(x)
    const square = y.map((weight) => Math.log(weight) ** 2)
    const mean = y.reduce((sum, weight, i) => sum + weight * square[i]!, 0)
    const want = y.reduce((sum, weight, i) => sum - (c[i]! * weight * (square[i]! - mean)) / 2, 0)
    expect(Math.abs(entmaxAlphaVjp(x, c, 1) - want)).toBeLessThanOrEqual(1e-15)
    expect(Math.abs(referenceAlphaVjp(x, c, 1) - want)).toBeLessThanOrEqual(1e-15)
  })

  it('has the loss 0.20326132098812466 for [1e4, −1e4, 9999.5, 0, 9999] at α = 1.5: the golden file is 1.6e-12 off', () => {
    const x = [1e4, -1e4, 9999.5, 0, 9999]
    expect(Math.abs(entmaxReference(x, 1.5).loss(0) - 0.20326132098812466)).toBeLessThanOrEqual(1e-16)
    expect(Math.abs(entmaxLoss(x, 0, 1.5).value - 0.20326132098812466)).toBeLessThanOrEqual(2e-16)
  })

  it('keeps the digits of a weight of 1e-7 at α = 3, where u = y² is lost in the rounding of the threshold', () => {
    // By hand: y = [1 − v, v], and (1 − v)² − v² = 1 − 2v is twice the gap of the logits.
    for (const v of [2 ** -20, 2 ** -24, 2 ** -40]) {
      const y = entmax([0.5 - v, 0], 3)
      expect(Math.abs(y[1]! / v - 1)).toBeLessThanOrEqual(2e-16 / v)
      // J = diag(s) − s sᵀ/Σs with s = 1/y: for two entries s₁s₂/(s₁ + s₂) = 1 in both, whatever v is.
      expect(close(entmaxVjp([0.5 - v, 0], [1, 3], 3), [-2, 2])).toBeLessThanOrEqual(1e-15)
    }
  })

  it('has a finite vjp at α = 10 next to an edge, where the slope of the least weight is 1e40 and more', () => {
    const [back, forth] = entmaxVjp([1 / 9 - 1e-6, 0], [1, 3], 10)
    expect(Number.isFinite(back)).toBe(true)
    expect(forth).toBe(-back!)
  })
})
