import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { softmaxN } from '../../../src/math/normalizers/softmaxN.ts'
import { softpick, softpickVjp } from '../../../src/math/normalizers/softpick.ts'
import { logits, seeded } from './arbitraries.ts'
import { largestGap } from './compareRows.ts'

describe('softpick', () => {
  it('of [ln 3, 0, ln ½] with ε = 0 is [2, 0, 0]/2.5', () => {
    expect(largestGap(softpick([Math.log(3), 0, Math.log(0.5)], 0), [0.8, 0, 0])).toBeLessThanOrEqual(2e-16)
  })

  it('adds ε e^max to the denominator: [ln 3] with ε = ½ is 2/3.5', () => {
    expect(softpick([Math.log(3)], 0.5)[0]).toBeCloseTo(2 / 3.5, 15)
  })

  it('of n equal logits is 1/n above 0 and 0 from 0 down, with ε = 0', () => {
    for (const x of [1e-12, 1, 1e4])
      expect(largestGap(softpick([x, x, x], 0), [1 / 3, 1 / 3, 1 / 3])).toBeLessThan(1e-15)
    for (const x of [0, -1e-12, -1e4]) expect(softpick([x, x, x], 0)).toEqual(new Float64Array(3))
  })

  it('spends P/(P + N), P and N the positive and negative sums of e^x − 1', () => {
    const property = fc.property(logits(), (x) => {
      const parts = x.map(Math.expm1)
      const P = parts.reduce((sum, part) => sum + Math.max(part, 0), 0)
      const N = parts.reduce((sum, part) => sum - Math.min(part, 0), 0)
      const spent = softpick(x, 0).reduce((a, b) => a + b, 0)
      expect(spent).toBeCloseTo(P === 0 ? 0 : P / (P + N), 13)
    })
    fc.assert(property, seeded(200))
  })

  it('keeps all digits of logits of 1e-9, where e^{x−m} − e^{−m} would keep seven', () => {
    // e^x − 1 = x (1 + x/2): [1, 2, −1] over 4, to a relative 1e-9.
    expect(largestGap(softpick([1e-9, 2e-9, -1e-9], 0), [0.25, 0.5, 0])).toBeLessThanOrEqual(1e-9)
    const exact = [1e-9, 2e-9, -1e-9].map((x) => x + (x * x) / 2 + x ** 3 / 6)
    const D = exact.reduce((sum, part) => sum + Math.abs(part), 0)
    expect(largestGap(softpick([1e-9, 2e-9, -1e-9], 0), [exact[0]! / D, exact[1]! / D, 0])).toBeLessThanOrEqual(2e-16)
  })

  it('is continuous where the form changes, at a largest logit of 700, and finite at 1e4 and −1e4', () => {
    const below = softpick([700 - 1e-9, 699, -5, 0.5], 1e-6)
    const above = softpick([700, 699, -5, 0.5], 1e-6)
    expect(largestGap(below, above)).toBeLessThanOrEqual(1e-9)
    expect(softpick([1e4, -1e4, 0], 0)).toEqual(Float64Array.of(1, 0, 0))
    expect(softpickVjp([-1e4, -9999, -1], [1, 2, 3], 1e-8)).toEqual(new Float64Array(3))
  })

  it('counts both kinks at x = 0 as 0 and pulls the first of two largest logits for ε', () => {
    const c = [3, 1, 2]
    expect(softpickVjp([1, 0, 1], c, 0)[1]).toBe(0)
    const even = softpickVjp([1, 0, 1], c, 0)
    const odd = softpickVjp([1, 0, 1], c, 1)
    const D = 2 * -Math.expm1(-1)
    const q = 2.5 // (3 + 2)/2 with ε = 0
    expect(even[0]).toBeCloseTo((3 - q) / D, 14)
    const share = -Math.expm1(-1) / (D + 1)
    expect(odd[0]! - odd[2]!).toBeCloseTo((3 - 2) / (D + 1) - (5 * share) / (D + 1), 14)
  })

  it('is not softmax with a sink of 1: it agrees with it on no row that has a negative logit', () => {
    const x = [2, -1, 0.5]
    expect(largestGap(softpick(x, 0), softmaxN(x, 1))).toBeGreaterThan(0.05)
  })
})
