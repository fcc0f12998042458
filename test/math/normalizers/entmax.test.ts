import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entmax, entmaxLoss, entmaxThreshold } from '../../../src/math/normalizers/entmax.ts'
import { softmax } from '../../../src/math/normalizers/softmax.ts'
import { sparsemax } from '../../../src/math/normalizers/sparsemax.ts'
import { lcg32 } from '../../../src/math/random/lcg32.ts'
import { logits, real, rowsOf, seeded, tiedLogits } from './arbitraries.ts'
import { largestGap, supportOf, topGap } from './compareRows.ts'
import { readGolden, rowOf } from './readGolden.ts'

/** The published exact algorithm for α = 1.5: sort, mean and variance of each prefix, and the last feasible one. */
function entmax15BySort(x: ArrayLike<number>): Float64Array {
  const max = Array.from(x).reduce((a, b) => Math.max(a, b))
  const X = Float64Array.from(x, (value) => (value - max) / 2)
  const sorted = Float64Array.from(X).sort().reverse()
  let tau = 0
  let mean = 0
  let squares = 0
  for (const [i, value] of sorted.entries()) {
    // Welford's update; `squares` is the sum of squared distances from the mean.
    const before = value - mean
    mean += before / (i + 1)
    squares += before * (value - mean)
    const candidate = mean - Math.sqrt(Math.max((1 - squares) / (i + 1), 0))
    if (candidate <= value) tau = candidate
  }
  return X.map((value) => Math.max(value - tau, 0) ** 2)
}

describe('entmax', () => {
  it('at α = 1.5 of [1, 0] is [u², (u − ½)²] with u = (1 + √7)/4 (by hand: their sum is 1)', () => {
    const u = (1 + Math.sqrt(7)) / 4
    expect(largestGap(entmax([1, 0], 1.5), [u * u, (u - 0.5) ** 2])).toBeLessThanOrEqual(2e-16)
  })

  it('at α = 3 of [0.25, 0] is [¾, ¼] (by hand: y = √u, and u − u′ = 9/16 − 1/16 is twice 0.25)', () => {
    expect(largestGap(entmax([0.25, 0], 3), [0.75, 0.25])).toBeLessThanOrEqual(2e-16)
  })

  it('at α = 1.5 agrees with the sort algorithm', () => {
    const rows = fc.oneof(logits(1, 40), tiedLogits, rowsOf(real(-0.1, 0.1), 1, 60))
    const property = fc.property(rows, (x) => {
      expect(largestGap(entmax(x, 1.5), entmax15BySort(x))).toBeLessThanOrEqual(2e-15)
    })
    fc.assert(property, seeded(300))
    for (const spread of [0.01, 1, 6, 1e4]) {
      const x = lcg32(7, 4096, -spread, spread)
      expect(largestGap(entmax(x, 1.5), entmax15BySort(x))).toBeLessThanOrEqual(1e-13 + 2e-16 * spread)
    }
  })

  it('is softmax at α = 1 and sparsemax at α = 2, to the bit', () => {
    const property = fc.property(logits(), (x) => {
      expect(entmax(x, 1)).toEqual(softmax(x))
      expect(entmax(x, 2)).toEqual(sparsemax(x))
    })
    fc.assert(property, seeded(100))
  })

  it('tends to softmax: within 1e-8 at α = 1 ± 1e-9, within 1e-15 at 1 ± 2^-52, within 1e-3 at 1.0001', () => {
    const property = fc.property(logits(), (x) => {
      const limit = softmax(x)
      // ∂y/∂α = −y ((log y)² − mean)/2 is below 10 for logits in [−6, 6].
      for (const alpha of [1 + 1e-9, 1 - 1e-9]) expect(largestGap(entmax(x, alpha), limit)).toBeLessThanOrEqual(1e-8)
      for (const alpha of [1 + 2 ** -52, 1 - 2 ** -53])
        expect(largestGap(entmax(x, alpha), limit)).toBeLessThanOrEqual(1e-15)
      expect(largestGap(entmax(x, 1.0001), limit)).toBeLessThanOrEqual(1e-3)
    })
    fc.assert(property, seeded(200))
  })

  it('passes through sparsemax without a step: within 1e-5 at α = 2 ± 1e-7', () => {
    const property = fc.property(fc.oneof(logits(), tiedLogits), (x) => {
      for (const alpha of [2 - 1e-7, 2 + 1e-7])
        expect(largestGap(entmax(x, alpha), sparsemax(x))).toBeLessThanOrEqual(1e-5)
    })
    fc.assert(property, seeded(200))
  })

  it('is one-hot if and only if the best logit leads by 1/(α−1) or more', () => {
    // With these α both α − 1 and 1/(α−1) are exact, and so is the edge.
    const alpha = fc.constantFrom(1.25, 1.5, 2, 3, 5)
    const property = fc.property(fc.oneof(logits(2), tiedLogits), alpha, (x, a) => {
      expect(supportOf(entmax(x, a)) === 1).toBe(topGap(x) >= 1 / (a - 1))
    })
    fc.assert(property, seeded(500))
    for (const a of [1.25, 1.5, 2, 3, 5]) {
      expect(entmax([1 / (a - 1), 0], a)).toEqual(Float64Array.of(1, 0))
      expect(supportOf(entmax([1 / (a - 1) - 2 ** -50, 0], a))).toBe(2)
    }
  })

  it('has a support that grows as α falls', () => {
    const property = fc.property(logits(), (x) => {
      const sizes = [10, 4, 3, 2.5, 2, 1.9, 1.75, 1.5, 1.333, 1.25, 1.01, 1].map((a) => entmaxThreshold(x, a).support)
      expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
    })
    fc.assert(property, seeded(300))
  })

  it('gives 1/n to each of n equal logits at every α', () => {
    for (const alpha of [0.01, 0.5, 1, 1.01, 1.5, 1.75, 2, 3, 10, 100])
      for (const n of [1, 3, 7, 4096])
        expect(largestGap(entmax(new Float64Array(n).fill(-1e4), alpha), new Float64Array(n).fill(1 / n))).toBeLessThan(
          4e-16,
        )
  })

  it('has no zeros at α < 1, and nothing but the lead at α = 1e6', () => {
    expect(entmax([1e4, -1e4, 0], 0.5).every((weight) => weight > 0)).toBe(true)
    expect(entmax([1, 1 - 2e-6, 0], 1e6)).toEqual(Float64Array.of(1, 0, 0))
  })

  it('maximises ⟨p, x⟩ + (1 − Σp^α)/(α(α−1)) over the simplex: no random p does better', () => {
    const gain = (p: ArrayLike<number>, x: Float64Array, a: number) =>
      x.reduce((sum, value, i) => sum + p[i]! * value - p[i]! ** a / (a * (a - 1)), 0)
    const alpha = fc.constantFrom(0.5, 1.1, 1.5, 2, 3, 7)
    const property = fc.property(logits(2, 6), alpha, fc.nat(1e6), (x, a, seed) => {
      const other = softmax(lcg32(seed, x.length, -3, 3))
      expect(gain(other, x, a)).toBeLessThanOrEqual(gain(entmax(x, a), x, a) + 1e-13)
    })
    fc.assert(property, seeded(300))
  })

  it.each(['entmax15', 'entmax_alpha'])('has the support size of each case of golden file %s', (file) => {
    const cases = readGolden(file).cases.filter(({ support_size }) => support_size !== undefined)
    expect(cases.length).toBeGreaterThan(20)
    for (const each of cases) {
      const kept = rowOf(each.x).filter((value) => value > -Infinity)
      expect(entmaxThreshold(kept, Number(each.params['alpha'])).support).toBe(each.support_size)
    }
  })
})

describe('the entmax loss', () => {
  it('is 0 exactly when the target leads by 1/(α−1), and above 0 short of it', () => {
    for (const a of [1.25, 1.5, 2, 3, 5]) {
      const margin = 1 / (a - 1)
      expect(entmaxLoss([margin, 0, -7], 0, a).value).toBe(0)
      expect(entmaxLoss([1e4 + margin, 1e4, -1e4], 0, a).value).toBe(0)
      expect(entmaxLoss([margin * 0.99, 0, -7], 0, a).value).toBeGreaterThan(0)
      expect(entmaxLoss([margin, 0, -7], 1, a).value).toBe(margin)
    }
  })

  it('has the gradient y − e_k and is never below 0', () => {
    const alpha = fc.constantFrom(0.5, 1, 1.01, 1.5, 1.75, 2, 3)
    const property = fc.property(fc.oneof(logits(), tiedLogits), fc.nat(), alpha, (x, at, a) => {
      const k = at % x.length
      const { value, grad } = entmaxLoss(x, k, a)
      const y = entmax(x, a)
      y[k]! -= 1
      expect(grad).toEqual(y)
      expect(value).toBeGreaterThanOrEqual(0)
    })
    fc.assert(property, seeded(300))
  })
})
