import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sparsemax, sparsemaxLoss, sparsemaxThreshold, sparsemaxVjp } from '../../../src/math/normalizers/sparsemax.ts'
import { lcg32 } from '../../../src/math/random/lcg32.ts'
import { logits, real, rowsOf, seeded, tiedLogits } from './arbitraries.ts'
import { largestGap, supportOf, topGap } from './compareRows.ts'
import { readGolden, rowOf } from './readGolden.ts'

/** The published algorithm: sort, and take the last k with 1 + k z_k > Σ_{j ≤ k} z_j. */
function bySort(x: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(x).sort().reverse()
  const max = sorted[0]!
  let sum = 0
  let tau = 0
  for (const [i, value] of sorted.entries()) {
    const z = value - max
    sum += z
    if (1 + (i + 1) * z > sum) tau = (sum - 1) / (i + 1)
  }
  return Float64Array.from(x, (value) => Math.max(value - max - tau, 0))
}

describe('sparsemax', () => {
  it('of [0.5, 0] is [0.75, 0.25] and of [1, 0.5, 0.25] is [0.75, 0.25, 0] (by hand: τ = −0.25 and 0.25)', () => {
    expect(sparsemax([0.5, 0])).toEqual(Float64Array.of(0.75, 0.25))
    expect(sparsemax([1, 0.5, 0.25])).toEqual(Float64Array.of(0.75, 0.25, 0))
    expect(sparsemaxThreshold([0.5, 0])).toMatchObject({ tau: -0.25, support: 2 })
  })

  it('agrees with the sort algorithm within 1e-15 times the length of the row', () => {
    const rows = fc.oneof(logits(1, 40), tiedLogits, rowsOf(real(-0.1, 0.1), 1, 60))
    const property = fc.property(rows, (x) => {
      expect(largestGap(sparsemax(x), bySort(x))).toBeLessThanOrEqual(1e-15 * x.length)
    })
    fc.assert(property, seeded(300))
    for (const spread of [0.01, 1, 6, 1e4]) {
      const x = lcg32(7, 4096, -spread, spread)
      // At 1e4 a difference of two logits is good to 1e-12.
      expect(largestGap(sparsemax(x), bySort(x))).toBeLessThanOrEqual(1e-13 + 2e-16 * spread)
    }
  })

  it('is one-hot if and only if the best logit leads by 1 or more', () => {
    const property = fc.property(fc.oneof(logits(2), tiedLogits), (x) => {
      expect(supportOf(sparsemax(x)) === 1).toBe(topGap(x) >= 1)
    })
    fc.assert(property, seeded(300))
    expect(sparsemax([1, 0])).toEqual(Float64Array.of(1, 0))
    expect(supportOf(sparsemax([1 - 2 ** -53, 0]))).toBe(2)
  })

  it('counts an entry exactly at the threshold as off the support, in value and derivative', () => {
    expect(sparsemaxVjp([1, 0.5, 0.25], [1, 3, 100])).toEqual(Float64Array.of(-1, 1, 0))
    expect(sparsemaxVjp([1, 0], [5, 7])).toEqual(Float64Array.of(0, 0))
  })

  it('has a loss of exactly 0 at a lead of 1, and above 0 one part in 2^53 below it', () => {
    expect(sparsemaxLoss([1, 0, -3], 0).value).toBe(0)
    expect(sparsemaxLoss([1e4, 1, -3], 0).value).toBe(0)
    expect(sparsemaxLoss([0.5, 0], 0).value).toBeCloseTo(0.0625, 15)
    expect(sparsemaxLoss([1, 0], 1).value).toBe(1)
  })

  it('sums to 1 within 4 ulp an entry on 5000 near-ties, where the first sums are 5000 times larger', () => {
    const x = Float64Array.from({ length: 5000 }, (_, i) => (i === 0 ? 0 : -0.01 + i * 2 ** -60))
    expect(Math.abs(sparsemax(x).reduce((a, b) => a + b, 0) - 1)).toBeLessThanOrEqual(4 * 5000 * 2 ** -52)
  })

  it('has the support size of each golden case', () => {
    const cases = readGolden('sparsemax').cases.filter(({ support_size }) => support_size !== undefined)
    expect(cases.length).toBeGreaterThan(20)
    for (const each of cases) {
      const kept = rowOf(each.x).filter((value) => value > -Infinity)
      expect(sparsemaxThreshold(kept).support).toBe(each.support_size)
    }
  })
})
