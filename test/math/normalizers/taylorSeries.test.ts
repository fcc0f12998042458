import { describe, expect, it } from 'vitest'
import { taylorExp, taylorExpSlope } from '../../../src/math/normalizers/taylorSeries.ts'

/** Σ_{k≤K} x^k / k! in exact fractions, x = numerator / 8; then rounded once, to 50 digits and to a double. */
function exactly(numerator: number, order: number): number {
  const x = BigInt(numerator)
  let factorial = 1n
  for (let k = 1n; k <= BigInt(order); k++) factorial *= k
  // Over the common denominator 8^K K!.
  let total = 0n
  let coefficient = factorial
  for (let k = 0; k <= order; k++) {
    if (k > 0) coefficient /= BigInt(k)
    total += coefficient * x ** BigInt(k) * 8n ** BigInt(order - k)
  }
  const digits = 10n ** 50n
  return Number(`${(total * digits) / (8n ** BigInt(order) * factorial)}e-50`)
}

const eighths = Array.from({ length: 801 }, (_, k) => k - 480)

describe('taylorExp', () => {
  it.each([2, 4, 6, 8, 12, 20, 40, 64])(
    'of order %i is right to 2e-14 of itself from −60 to 40, in exact fractions',
    (order) => {
      for (const k of eighths) {
        const want = exactly(k, order)
        expect(Math.abs(taylorExp(k / 8, order, 1) / want - 1)).toBeLessThanOrEqual(2e-14)
      }
    },
  )

  it.each([2, 4, 6, 8, 20, 64])('has a slope of order %i less one, right to 4e-14 of the polynomial', (order) => {
    for (const k of eighths) {
      const error = Math.abs(taylorExpSlope(k / 8, order, 1) - exactly(k, order - 1))
      expect(error).toBeLessThanOrEqual(4e-14 * Math.max(exactly(k, order), Math.abs(exactly(k, order - 1))))
    }
  })

  it('at a scale of e is e^K times itself', () => {
    for (const x of [-30, -5, -0.25, 0, 3, 100])
      for (const order of [2, 4, 10])
        for (const map of [taylorExp, taylorExpSlope])
          expect(map(x, order, 0.125) * 8 ** order).toBeCloseTo(map(x, order, 1), 5)
  })

  it('scaled by the size of the row does not overflow at 1e200', () => {
    expect(taylorExp(1e200, 4, 1e-200)).toBeCloseTo(1 / 24, 15)
    expect(taylorExp(-5e199, 4, 1e-200)).toBeCloseTo(1 / 24 / 16, 15)
  })
})
