import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resolveParams } from '../../../src/math/normalizers/params.ts'
import { softmax } from '../../../src/math/normalizers/softmax.ts'
import { softplus, softplusNormalizer, softplusVjp } from '../../../src/math/normalizers/softplus.ts'
import { lcg32 } from '../../../src/math/random/lcg32.ts'
import { logits, real, seeded } from './arbitraries.ts'
import { largestGap } from './compareRows.ts'

describe('softplus', () => {
  it('of [0, ln 3] at scale 1 is [ln 2, ln 4]/ln 8 = [⅓, ⅔]', () => {
    expect(largestGap(softplus([0, Math.log(3)], 1, 0, 1), [1 / 3, 2 / 3])).toBeLessThanOrEqual(2e-16)
  })

  it('sharpens [⅓, ⅔] with offset ½ and power 2 to [1/36, 25/36]·36/26: n a − o is ⅙ and ⅚', () => {
    expect(largestGap(softplus([0, Math.log(3)], 1, 0.5, 2), [1 / 26, 25 / 26])).toBeLessThanOrEqual(1e-15)
  })

  it('without offset and power is the plain share, to the bit: the defaults are 0 and 1', () => {
    const defaults = resolveParams('softplus', softplusNormalizer.params, { scale: 3 })
    expect(defaults).toEqual({ scale: 3, offset: 0, power: 1 })
    const x = lcg32(9, 20, -6, 6)
    const parts = x.map((value) => Math.max(3 * value, 0) + Math.log1p(Math.exp(-Math.abs(3 * value))))
    const total = parts.reduce((a, b) => a + b, 0)
    expect(softplusNormalizer.forward(x, defaults)).toEqual(parts.map((part) => part / total))
  })

  it('far below 0 is softmax, where softplus itself underflows', () => {
    for (const shift of [-100, -1e4]) {
      const x = [0.5, -1, 2].map((value) => value + shift)
      expect(largestGap(softplus(x, 1, 0, 1), softmax(x))).toBe(0)
      const sharp = softmax(x, 1 / 4)
      expect(largestGap(softplus(x, 1, 0, 4), sharp)).toBeLessThanOrEqual(1e-14)
    }
  })

  it('is continuous where it changes to softmax, at a largest scaled logit of −37', () => {
    const gap = largestGap(softplus([-37 + 1e-12, -39, -50], 1, 0, 1), softplus([-37 - 1e-12, -39, -50], 1, 0, 1))
    expect(gap).toBeLessThanOrEqual(1e-12)
  })

  it('is dead, all 0 and without a gradient, where equal logits meet an offset of 1 or more', () => {
    for (const offset of [1, 2])
      for (const x of [[0.1, 0.1, 0.1], [-1e4, -1e4], [7]]) {
        expect(softplus(x, 1, offset, 15)).toEqual(new Float64Array(x.length))
        expect(softplusVjp(x, x, 1, offset, 15)).toEqual(new Float64Array(x.length))
      }
  })

  it('at offset 1 keeps the digits of logits that differ by 1e-9', () => {
    // To first order n a − 1 is proportional to x − mean: [−1, 0, 1] and only the last is above it.
    expect(softplus([1, 1 + 1e-9, 1 + 2e-9], 1, 1, 15)[2]).toBeCloseTo(1, 14)
    // [−1.5, −0.5, 0.5, 1.5]: the upper two share as 1 : 3, up to the rounding of 1 + 1e-9, 1e-7.
    const y = softplus([1, 1 + 1e-9, 1 + 2e-9, 1 + 3e-9], 1, 1, 1)
    expect(largestGap(y, [0, 0, 0.25, 0.75])).toBeLessThanOrEqual(2e-7)
  })

  it('vjp keeps its digits where the winner stands 1e-9 above the offset (60-digit differences)', () => {
    const vjp = softplusVjp([1e-9, -2e-9, 3e-9], [0.5, -0.25, 1], 3, 1, 15)
    const want = [-0.003385196033692338, 0.0013540784104302587, 0.002031117623262079]
    // u is known to 1e-16 of the mean weight, 1e-7 of itself; to the 15th power and more, 1e-6.
    vjp.forEach((value, i) => expect(Math.abs(value / want[i]! - 1)).toBeLessThan(2e-6))
  })

  it('does not overflow at power 100 in a row of 4096, and sums to 1', () => {
    const y = softplus(lcg32(4, 4096, -6, 6), 3, 0.5, 100)
    expect(Math.abs(y.reduce((a, b) => a + b, 0) - 1)).toBeLessThanOrEqual(1e-13)
  })

  it('has an order of its own scale: a higher offset never gives a weight to an entry that had none', () => {
    const property = fc.property(logits(), real(0, 1), (x, offset) => {
      const low = softplus(x, 1, offset, 2)
      softplus(x, 1, offset + 0.1, 2).forEach((weight, i) => {
        expect(weight > 0 && low[i] === 0).toBe(false)
      })
    })
    fc.assert(property, seeded(200))
  })
})
