import { describe, expect, it } from 'vitest'
import { reluNorm, reluNormVjp } from '../../../src/math/normalizers/reluNorm.ts'
import { largestGap } from './compareRows.ts'

describe('reluNorm', () => {
  it('of [1, 3, −2] with ε = 1 is [1, 3, 0]/5, squared [1, 9, 0]/11, and (x + 2)² gives [9, 25, 0]/35', () => {
    expect(largestGap(reluNorm([1, 3, -2], 'relu', 1, 5), [0.2, 0.6, 0])).toBeLessThanOrEqual(2e-16)
    expect(largestGap(reluNorm([1, 3, -2], 'relu2', 1, 5), [1 / 11, 9 / 11, 0])).toBeLessThanOrEqual(2e-16)
    expect(largestGap(reluNorm([1, 3, -2], 'quad', 1, 2), [9 / 35, 25 / 35, 0])).toBeLessThanOrEqual(2e-16)
  })

  it('"2ReLU" is not the squared ReLU: [1, 3] gives ¾ and 9/10 to the better', () => {
    expect(reluNorm([1, 3], 'relu', 0, 5)[1]).toBeCloseTo(3 / 4, 15)
    expect(reluNorm([1, 3], 'relu2', 0, 5)[1]).toBeCloseTo(9 / 10, 15)
  })

  it('is dead, all 0 and without a gradient, where no f(x) is positive, for ε = 0 too', () => {
    const cases = [
      ['relu', [-1, 0, -3]],
      ['relu2', [-1e4, 0, -1]],
      ['quad', [-5, -5, -5]],
    ] as const
    for (const [f, x] of cases)
      for (const eps of [0, 1e-5]) {
        expect(reluNorm(x, f, eps, 5)).toEqual(new Float64Array(3))
        expect(reluNormVjp(x, [1, 2, 3], f, eps, 5)).toEqual(new Float64Array(3))
      }
  })

  it('does not see the sign of x + c: quad gives −c − 2 and −c + 2 the same weight', () => {
    expect(reluNorm([-7, -3], 'quad', 0, 5)).toEqual(Float64Array.of(0.5, 0.5))
  })

  it('with ε = 0 does not change with the scale of the logits, from 1e-300 to 1e300', () => {
    for (const f of ['relu', 'relu2'] as const)
      for (const s of [2 ** -990, 1, 2 ** 990]) {
        const y = reluNorm([s, 3 * s, -2 * s], f, 0, 0)
        expect(largestGap(y, f === 'relu' ? [0.25, 0.75, 0] : [0.1, 0.9, 0])).toBeLessThanOrEqual(2e-16)
      }
  })

  it('counts the slope at a logit of 0 as 0', () => {
    expect(Math.abs(reluNormVjp([0, 2], [1, 5], 'relu', 0, 5)[0]!)).toBe(0)
  })
})
