import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { budgetSparsemax, budgetSparsemaxVjp } from '../../../src/math/normalizers/budgetSparsemax.ts'
import { sparsemax, sparsemaxVjp } from '../../../src/math/normalizers/sparsemax.ts'
import { lcg32 } from '../../../src/math/random/lcg32.ts'
import { logits, real, rowsOf, seeded, tiedLogits } from './arbitraries.ts'
import { largestGap } from './compareRows.ts'

const clip = (u: number) => Math.min(Math.max(u, 0), 1)
const sum = (row: Float64Array) => row.reduce((a, b) => a + b, 0)

/** The sum at a threshold is piecewise linear between the thresholds x and x − 1: the two around B, and a line. */
function byBreakpoints(x: Float64Array, budget: number): Float64Array {
  const at = (tau: number) => sum(x.map((value) => clip(value - tau)))
  const points = Array.from(x)
    .flatMap((value) => [value, value - 1])
    .sort((a, b) => a - b)
  const right = points.findIndex((tau) => at(tau) <= budget)
  const [high, low] = [points[right]!, points[right - 1]!]
  const slope = at(low) - at(high)
  const tau = high - ((budget - at(high)) * (high - low)) / (slope || 1)
  return x.map((value) => clip(value - tau))
}

describe('budgetSparsemax', () => {
  it('of [3, 1, 0.5, −1] with B = 2 is [1, ¾, ¼, 0] (by hand: τ = 0.25)', () => {
    expect(budgetSparsemax([3, 1, 0.5, -1], 2)).toEqual(Float64Array.of(1, 0.75, 0.25, 0))
    expect(budgetSparsemaxVjp([3, 1, 0.5, -1], [9, 1, 3, 9], 2)).toEqual(Float64Array.of(0, -1, 1, 0))
  })

  it('with B = 1 is sparsemax, forward and backward', () => {
    const property = fc.property(fc.oneof(logits(), tiedLogits), (x) => {
      expect(largestGap(budgetSparsemax(x, 1), sparsemax(x))).toBeLessThanOrEqual(4e-16 * x.length)
      const c = lcg32(x.length, x.length, -1, 1)
      expect(largestGap(budgetSparsemaxVjp(x, c, 1), sparsemaxVjp(x, c))).toBeLessThanOrEqual(1e-15)
    })
    fc.assert(property, seeded(200))
  })

  it('agrees with the sorted breakpoints within 1e-14 for budgets whole and broken', () => {
    const rows = fc.oneof(logits(2, 30), tiedLogits, rowsOf(real(-0.3, 0.3), 2, 30))
    const budgets = fc.oneof(real(0.01, 8), fc.integer({ min: 1, max: 8 }))
    const property = fc.property(rows, budgets, (x, budget) => {
      fc.pre(budget < x.length)
      expect(largestGap(budgetSparsemax(x, budget), byBreakpoints(x, budget))).toBeLessThanOrEqual(1e-14)
    })
    fc.assert(property, seeded(500))
  })

  it('spends min(B, n): a row of n ≤ B entries gets 1 each and has no gradient', () => {
    for (const budget of [3, 3.5, 100]) {
      expect(budgetSparsemax([2, -1e4, 0], budget)).toEqual(Float64Array.of(1, 1, 1))
      expect(budgetSparsemaxVjp([2, -1e4, 0], [1, 2, 3], budget)).toEqual(new Float64Array(3))
    }
  })

  it('is exactly 0s and 1s, without a gradient, where B entries lead the others by 1 or more', () => {
    expect(budgetSparsemax([5.3, 0.1, 5.7, -1, 0.1], 2)).toEqual(Float64Array.of(1, 0, 1, 0, 0))
    expect(budgetSparsemaxVjp([5.3, 0.1, 5.7, -1, 0.1], [1, 2, 3, 4, 5], 2)).toEqual(new Float64Array(5))
    expect(budgetSparsemax([1, 1, 0, 0], 2)).toEqual(Float64Array.of(1, 1, 0, 0))
  })

  it('sums to B within 4 ulp an entry of the row and the budget, 1e4 apart and in rows of 4096', () => {
    for (const budget of [0.5, 1, 2, 7.25, 100])
      for (const spread of [0.01, 1, 6, 1e4]) {
        const y = budgetSparsemax(lcg32(5, 4096, -spread, spread), budget)
        expect(Math.abs(sum(y) - budget)).toBeLessThanOrEqual(4 * 2 ** -52 * 4096 * Math.max(1, budget))
      }
    // The budget reaches far below the largest entry: 1 + w + (w − 0.3) = 2.
    expect(largestGap(budgetSparsemax([1e4, -9999.7, -1e4], 2), [1, 0.65, 0.35])).toBeLessThanOrEqual(1e-12)
  })
})
