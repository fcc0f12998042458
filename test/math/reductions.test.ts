import { describe, expect, it } from 'vitest'
import { lcg32 } from '../../src/math/random/lcg32.ts'
import { argmax, dot, maxOf, sum } from '../../src/math/reductions.ts'

describe('sum and dot', () => {
  it('give 1 + 4 + 9 = 14 and ⟨[1, 2, 3], [4, 5, 6]⟩ = 32, and 0 of nothing', () => {
    expect(sum([1, 4, 9])).toBe(14)
    expect(dot([1, 2, 3], [4, 5, 6])).toBe(32)
    expect([sum([]), dot([], [])]).toEqual([0, 0])
  })

  it('add a million times 0.1 to within 8 ulp, where a plain loop is 1e5 ulp off', () => {
    const tenths = new Float64Array(1_000_000).fill(0.1)
    const ulp = 2 ** -36
    // The double nearest to 0.1 is 0.1 + 5.6e-18, so the exact sum is 100,000 + 5.6e-12, which rounds to 100,000.
    expect(Math.abs(sum(tenths) - 100_000)).toBeLessThanOrEqual(8 * ulp)
    const plain = tenths.reduce((a, b) => a + b, 0)
    expect(Math.abs(plain - 100_000)).toBeGreaterThan(9e4 * ulp)
  })

  it('agree with exact integers for 12,345 whole numbers', () => {
    const a = lcg32(1, 12_345, -1000, 1000).map(Math.round)
    const b = lcg32(2, 12_345, -1000, 1000).map(Math.round)
    const exact = Array.from(a).reduce((total, value, i) => total + BigInt(value) * BigInt(b[i]!), 0n)
    expect(dot(a, b)).toBe(Number(exact))
  })
})

describe('maxOf and argmax', () => {
  it('find the largest and the first of equals, and nothing in an empty row', () => {
    expect([maxOf([3, 7, 7, -1]), argmax([3, 7, 7, -1])]).toEqual([7, 1])
    expect([maxOf([]), argmax([])]).toEqual([-Infinity, -1])
  })
})
