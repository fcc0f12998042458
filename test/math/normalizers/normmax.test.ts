import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normmax, normmaxLoss, normmaxVjp } from '../../../src/math/normalizers/normmax.ts'
import { softmax } from '../../../src/math/normalizers/softmax.ts'
import { lcg32 } from '../../../src/math/random/lcg32.ts'
import { logits, real, rowsOf, seeded, tiedLogits } from './arbitraries.ts'
import { largestGap, supportOf, topGap } from './compareRows.ts'

/** [x − τ]₊ over its largest, with τ from the definition by 60 bisections of [max − 1, max]. */
function byBisection(x: ArrayLike<number>, alpha: number): Float64Array {
  const max = Array.from(x).reduce((a, b) => Math.max(a, b))
  let [low, high] = [0, 1]
  for (let k = 0; k < 60; k++) {
    const w = (low + high) / 2
    const sum = Array.from(x).reduce((s, value) => s + Math.max(value - max + w, 0) ** (alpha / (alpha - 1)), 0)
    if (sum < 1) low = w
    else high = w
  }
  return Float64Array.from(x, (value) => Math.max(value - max + high, 0) / high)
}

describe('normmax', () => {
  it('at α = 2 of [0.2, 0] is [0.8, 0.6]/1.4 (by hand: [w, w − 0.2] has the norm 1 at w = 0.8)', () => {
    expect(largestGap(normmax([0.2, 0], 2), [0.8 / 1.4, 0.6 / 1.4])).toBeLessThanOrEqual(2e-16)
  })

  it('is proportional to [x − τ]₊^{1/(α−1)}, τ by bisection, at every α from 1.1 to 20', () => {
    const rows = fc.oneof(logits(1, 20), tiedLogits, rowsOf(real(-0.5, 0.5), 1, 40))
    const property = fc.property(rows, real(1.1, 20), (x, alpha) => {
      const y = normmax(x, alpha)
      const top = Math.max(...y)
      // The power takes back 1/(α−1): weights next to the edge are as ill-conditioned as a root at 0.
      const base = y.map((weight) => (weight / top) ** (alpha - 1))
      expect(largestGap(base, byBisection(x, alpha))).toBeLessThanOrEqual(1e-14)
    })
    fc.assert(property, seeded(300))
  })

  it('is one-hot if and only if the lead is 1 or more, whatever α is', () => {
    const alpha = fc.constantFrom(1.25, 1.5, 2, 3, 10)
    const property = fc.property(fc.oneof(logits(2), tiedLogits), alpha, (x, a) => {
      // At low α a weight can be too small for a double although its logit is above the threshold.
      fc.pre(topGap(x) >= 1 || topGap(x) < 0.9)
      expect(supportOf(normmax(x, a)) === 1).toBe(topGap(x) >= 1)
    })
    fc.assert(property, seeded(300))
  })

  it('tends to one-hot as α → 1 and to equal shares of its support as α → ∞', () => {
    const x = [0.9, 0.8, 0.2, -0.5]
    expect(largestGap(normmax(x, 1.001), [1, 0, 0, 0])).toBeLessThanOrEqual(1e-12)
    // α → ∞: Σ [x − τ]₊ = 1, so τ = (0.9 + 0.8 − 1)/2 = 0.35, which leaves 0.2 out.
    const flat = normmax(x, 1e6)
    expect(largestGap(flat, [0.5, 0.5, 0, 0])).toBeLessThanOrEqual(1e-5)
    expect(flat[2]).toBe(0)
  })

  it('maximises ⟨p, x⟩ − ‖p‖_α over the simplex: no random p does better', () => {
    const gain = (p: Float64Array, x: Float64Array, a: number) =>
      x.reduce((sum, value, i) => sum + p[i]! * value, 0) - p.reduce((sum, value) => sum + value ** a, 0) ** (1 / a)
    const property = fc.property(logits(2, 6), real(1.1, 8), fc.nat(1e6), (x, a, seed) => {
      const other = softmax(lcg32(seed, x.length, -3, 3))
      expect(gain(other, x, a)).toBeLessThanOrEqual(gain(normmax(x, a), x, a) + 1e-13)
    })
    fc.assert(property, seeded(300))
  })

  it('has a loss of 1 − ‖y‖_α + ⟨y − e_k, x⟩, 0 exactly at a lead of 1, with the gradient y − e_k', () => {
    const property = fc.property(logits(2, 8), real(1.1, 8), fc.nat(), (x, a, at) => {
      const k = at % x.length
      const y = normmax(x, a)
      const norm = y.reduce((sum, value) => sum + value ** a, 0) ** (1 / a)
      const { value, grad } = normmaxLoss(x, k, a)
      expect(value).toBeCloseTo(1 - norm + y.reduce((sum, weight, i) => sum + weight * x[i]!, -x[k]!), 12)
      expect(value).toBeGreaterThanOrEqual(0)
      expect(largestGap(grad, y.with(k, y[k]! - 1))).toBe(0)
    })
    fc.assert(property, seeded(200))
    for (const a of [1.25, 1.5, 2, 3, 10]) {
      expect(normmaxLoss([1, 0, -2], 0, a).value).toBe(0)
      expect(normmaxLoss([0.99, 0, -2], 0, a).value).toBeGreaterThan(0)
    }
  })

  it('has a finite vjp at α = 1000, where y^{2−α} overflows', () => {
    const back = normmaxVjp([0.3, 0.2, 0.1, 0], [1, -1, 2, 0.5], 1000)
    expect(back.every(Number.isFinite)).toBe(true)
    expect(Math.abs(back.reduce((a, b) => a + b, 0))).toBeLessThanOrEqual(1e-15)
  })
})
