import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { softmax } from '../../src/math/normalizers/softmax.ts'
import { referenceRow, rowStats } from '../../src/math/rowStats.ts'
import { logits, seeded } from './normalizers/arbitraries.ts'

const uniform = (n: number, weight = 1 / n) => new Float64Array(n).fill(weight)

describe('rowStats', () => {
  it('eight equal weights have ln 8 nats, 3 bits, 8 effective entries and no distance to themselves', () => {
    const stats = rowStats(uniform(8), referenceRow(uniform(8)))
    expect(stats.entropyNats).toBeCloseTo(Math.log(8), 14)
    expect(stats.entropyBits).toBeCloseTo(3, 14)
    expect(stats.effectiveEntries).toBeCloseTo(8, 13)
    expect(stats).toMatchObject({
      sum: 1,
      unspent: 0,
      support: 8,
      zeros: 0,
      masked: 0,
      max: 0.125,
      argmax: 0,
      klNats: 0,
    })
  })

  it('a one-hot row has no entropy, one effective entry, and is ln n from uniform', () => {
    const stats = rowStats([0, 0, 1, 0], referenceRow(uniform(4)))
    expect(stats).toMatchObject({
      entropyNats: 0,
      entropyBits: 0,
      effectiveEntries: 1,
      support: 1,
      zeros: 3,
      argmax: 2,
    })
    expect(stats.klNats).toBeCloseTo(Math.log(4), 15)
  })

  it('a geometric row of ½, ¼, ⅛, … has 2 bits (closed form h(½) / ½), and 1 bit to its double rate', () => {
    const half = Float64Array.from({ length: 900 }, (_, k) => 2 ** -(k + 1))
    expect(rowStats(half).entropyBits).toBeCloseTo(2, 13)
    // KL(½ ‖ ¼) of geometric rates p, q: ln(p/q) + (1/p − 1) ln((1 − p)/(1 − q)) = ln 2 + ln(2/3).
    const quarter = Float64Array.from({ length: 900 }, (_, k) => 0.25 * 0.75 ** k)
    expect(rowStats(half, referenceRow(quarter)).klNats).toBeCloseTo(Math.log(4 / 3), 13)
  })

  it('reads entropy and KL off the weights over their sum, and the rest off the weights', () => {
    const stats = rowStats(uniform(4, 0.1), referenceRow([3, 3, 3, 3]))
    expect(stats.sum).toBeCloseTo(0.4, 15)
    expect(stats.unspent).toBeCloseTo(0.6, 15)
    expect(stats.entropyBits).toBeCloseTo(2, 14)
    expect(stats.klNats).toBeCloseTo(0, 14)
  })

  it('has nothing unspent where the sum is above 1, or below it by rounding alone', () => {
    expect(rowStats([0.9, 0.9]).unspent).toBe(0)
    expect(rowStats([0.1, 0.2, 0.3, 0.4 - 2 ** -54]).unspent).toBe(0)
    expect(rowStats([0.5, 0.5 - 2 ** -40]).unspent).toBe(2 ** -40)
  })

  it('counts masked entries apart from exact zeros', () => {
    const stats = rowStats([0, 0.5, 0, 0.5, 0], null, [false, true, true, true, false])
    expect(stats).toMatchObject({ support: 2, zeros: 1, masked: 2, max: 0.5, argmax: 1, klNats: null })
  })

  it('says that KL is infinite, and in how many entries, where weight lies outside the reference', () => {
    const stats = rowStats([0.5, 0.25, 0.25], referenceRow([1, 0, 0]))
    expect(stats).toMatchObject({ klNats: Infinity, outsideReference: 2 })
    // No weight, no distance: 0 ln 0 = 0.
    expect(rowStats([1, 0, 0], referenceRow([0.5, 0.5, 0])).klNats).toBeCloseTo(Math.LN2, 15)
  })

  it('has no entropy and no KL for a negative weight, a sum of 0, a NaN, or no entry', () => {
    for (const y of [[1.5, -0.5], [0, 0], [NaN, NaN], [0.5, NaN], []])
      expect(rowStats(y, referenceRow(y.map(() => 0.5)))).toMatchObject({
        entropyNats: null,
        effectiveEntries: null,
        klNats: null,
      })
    expect(rowStats([NaN, 0.5])).toMatchObject({ sum: NaN, unspent: NaN, max: NaN, argmax: -1 })
    expect(rowStats([])).toMatchObject({ sum: 0, max: NaN, argmax: -1, support: 0 })
    expect(rowStats([0.5, 0.5], referenceRow([0, 0])).klNats).toBeNull()
    expect(rowStats([0.5, 0.5], referenceRow([-1, 2])).klNats).toBeNull()
  })

  it('refuses a reference or a mask of another length, by name', () => {
    expect(() => rowStats([0.5, 0.5], referenceRow([1]))).toThrow('reference has 1 entry; it must have 2')
    expect(() => rowStats([0.5, 0.5], null, [true])).toThrow('mask has 1 entry; it must have 2')
  })

  it('finds the first of equal maxima, also of negative weights', () => {
    expect(rowStats([0.2, 0.4, 0.4])).toMatchObject({ max: 0.4, argmax: 1 })
    expect(rowStats([-3, -1, -2])).toMatchObject({ max: -1, argmax: 1 })
  })

  it('keeps 0 ≤ H ≤ ln n and KL ≥ 0, and KL of a row from itself is exactly 0', () => {
    const property = fc.property(logits(), (x) => {
      const y = softmax(x)
      const flat = softmax(x, 3)
      const { entropyNats, klNats } = rowStats(y, referenceRow(flat))
      expect(entropyNats).toBeGreaterThanOrEqual(0)
      expect(entropyNats).toBeLessThanOrEqual(Math.log(x.length) + 1e-15 * x.length)
      expect(klNats).toBeGreaterThanOrEqual(0)
      expect(rowStats(y, referenceRow(y)).klNats).toBe(0)
    })
    fc.assert(property, seeded(200))
  })
})
