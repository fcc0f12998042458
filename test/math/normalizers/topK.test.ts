import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kthLargest } from '../../../src/math/normalizers/kthLargest.ts'
import { softmax } from '../../../src/math/normalizers/softmax.ts'
import { topK, topKLoss, topKVjp } from '../../../src/math/normalizers/topK.ts'
import { lcg32 } from '../../../src/math/random/lcg32.ts'
import { logits, seeded, tiedLogits, wildLogits } from './arbitraries.ts'
import { largestGap, supportOf } from './compareRows.ts'

describe('kthLargest', () => {
  it('is the k-th of the sorted row for every k, with ties and without, and leaves the row alone', () => {
    const property = fc.property(fc.oneof(logits(), tiedLogits, wildLogits), (x) => {
      const before = x.slice()
      const sorted = x.toSorted().reverse()
      expect(Array.from(x, (_, i) => kthLargest(x, i + 1))).toEqual(Array.from(sorted))
      expect(x).toEqual(before)
    })
    fc.assert(property, seeded(300))
  })

  it('is right on long rows that are sorted, reversed, constant, or shaped like an organ pipe', () => {
    const n = 20_000
    const shapes = [
      (i: number) => i,
      (i: number) => -i,
      () => 3,
      (i: number) => Math.min(i, n - i),
      (i: number) => i % 7,
    ]
    for (const shape of shapes) {
      const x = Float64Array.from({ length: n }, (_, i) => shape(i))
      const sorted = x.toSorted().reverse()
      for (const k of [1, 2, 777, n / 2, n]) expect(kthLargest(x, k)).toBe(sorted[k - 1])
    }
  })

  it('refuses k = 0, k = n + 1 and k = 1.5, with the limits', () => {
    for (const k of [0, 4, 1.5]) expect(() => kthLargest([1, 2, 3], k)).toThrow(/k is .*from 1 to 3/)
  })
})

describe('topK', () => {
  it('of [ln 1, ln 6, ln 2, ln 3] with k = 2 is [0, ⅔, 0, ⅓]', () => {
    const x = [1, 6, 2, 3].map(Math.log)
    expect(largestGap(topK(x, 2), [0, 2 / 3, 0, 1 / 3])).toBeLessThanOrEqual(2e-16)
  })

  it('takes the lower index of equal logits at the border', () => {
    expect(topK([1, 3, 1, 1], 2)[0]).toBeGreaterThan(0)
    expect(topK([1, 3, 1, 1], 2)[2]).toBe(0)
    expect(topK([0, 0, 0, 0, 0], 3)).toEqual(Float64Array.of(1 / 3, 1 / 3, 1 / 3, 0, 0))
  })

  it('is softmax for k ≥ n, and softmax cut to the k best and divided by its sum for k < n', () => {
    const property = fc.property(logits(), fc.integer({ min: 1, max: 14 }), (x, k) => {
      const y = topK(x, k)
      expect(supportOf(y)).toBe(Math.min(k, x.length))
      const cut = softmax(x).map((weight, i) => (y[i]! > 0 ? weight : 0))
      const total = cut.reduce((a, b) => a + b, 0)
      expect(largestGap(y, k >= x.length ? softmax(x) : cut.map((weight) => weight / total))).toBeLessThanOrEqual(4e-16)
    })
    fc.assert(property, seeded(200))
  })

  it('with k = 1 has no gradient: a gate that is always 1 cannot learn', () => {
    expect(topKVjp([0.3, 2, 1.9], [1, -2, 5], 1)).toEqual(new Float64Array(3))
  })

  it('has a loss of lse(x_Ω) − x_t on and off Ω, above 0 off it, with the gradient y − e_t', () => {
    // Ω = {ln 6, ln 3}: lse = ln 9.
    const x = [1, 6, 2, 3].map(Math.log)
    expect(topKLoss(x, 1, 2).value).toBeCloseTo(Math.log(9 / 6), 15)
    const off = topKLoss(x, 2, 2)
    expect(off.value).toBeCloseTo(Math.log(9 / 2), 15)
    expect(largestGap(off.grad, [0, 2 / 3, -1, 1 / 3])).toBeLessThanOrEqual(2e-16)
  })

  it('takes 100,000 logits and keeps exactly k of them, 999 tied ones included', () => {
    const x = lcg32(3, 100_000, -1, 1)
    x.fill(1, 500, 1499)
    for (const k of [1, 50, 999, 1000, 50_000]) expect(supportOf(topK(x, k))).toBe(k)
  })
})
