import { describe, expect, it } from 'vitest'
import { gaussian, gaussians } from '../../../src/math/random/gaussian.ts'
import { lcg32 } from '../../../src/math/random/lcg32.ts'
import { rng } from '../../../src/math/random/rng.ts'
import { shuffled } from '../../../src/math/random/shuffled.ts'
import { xoshiro128 } from '../../../src/math/random/xoshiro128.ts'

const take = <T>(n: number, draw: () => T): T[] => Array.from({ length: n }, draw)
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length

describe('lcg32', () => {
  it('starts 1015568748, 1586005467, 2165703038 over 2³² from seed 1 (Numerical Recipes, by hand modulo 2³²)', () => {
    // 1664525·1 + 1013904223; each next one by exact integers modulo 2³².
    let s = 1n
    const want = take(3, () => Number((s = (s * 1664525n + 1013904223n) % 4294967296n)) / 4294967296)
    expect(want[0]).toBe(1015568748 / 4294967296)
    expect(Array.from(lcg32(1, 3))).toEqual(want)
  })

  it('follows exact integers for 1000 steps from the largest seed', () => {
    let s = 4294967295n
    const want = take(1000, () => -2 + (5 * Number((s = (s * 1664525n + 1013904223n) % 4294967296n))) / 4294967296)
    const got = lcg32(4294967295, 1000, -2, 3)
    // low + (high − low) u rounds once more than u.
    for (const [i, value] of want.entries()) expect(Math.abs(got[i]! - value)).toBeLessThanOrEqual(1e-15)
  })
})

describe('xoshiro128', () => {
  it('gives the published first ten numbers for the state 1, 2, 3, 4', () => {
    const published = [
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]
    expect(take(10, xoshiro128([1, 2, 3, 4]))).toEqual(published)
  })
})

describe('rng', () => {
  it('repeats itself for one seed and not for its neighbour', () => {
    expect(take(50, rng(7))).toEqual(take(50, rng(7)))
    const [a, b] = [take(2000, rng(7)), take(2000, rng(8))]
    const covariance = mean(a.map((value, i) => (value - 0.5) * (b[i]! - 0.5)))
    // Independent uniforms: deviation 1/12 / √2000 = 0.0019; five of them.
    expect(Math.abs(covariance)).toBeLessThan(0.0094)
  })

  it('stays in [0, 1) and fills twenty equal bins evenly, 100,000 draws', () => {
    const bins = new Float64Array(20)
    for (const value of take(100_000, rng(0))) bins[Math.floor(value * 20)]! += 1
    expect(bins.reduce((a, b) => a + b)).toBe(100_000)
    // χ² of 19 degrees of freedom; above 43.8 once in a thousand.
    expect(bins.reduce((total, count) => total + (count - 5000) ** 2 / 5000, 0)).toBeLessThan(43.8)
  })

  it('uses all 53 bits: the last one is odd about half the time', () => {
    const odd = take(4000, rng(3)).filter((value) => (value * 2 ** 53) % 2 === 1).length
    // Deviation √(4000 / 4) = 32; five of them.
    expect(Math.abs(odd - 2000)).toBeLessThan(160)
  })
})

describe('gaussian', () => {
  it('has mean 0, deviation 1, no skew and kurtosis 3, 100,000 draws', () => {
    const draw = rng(11)
    const z = take(100_000, () => gaussian(draw))
    // Deviations over √100,000: 0.0032, √2, √6 and √24 times that; five of each.
    expect(Math.abs(mean(z))).toBeLessThan(0.016)
    expect(Math.abs(mean(z.map((v) => v ** 2)) - 1)).toBeLessThan(0.023)
    expect(Math.abs(mean(z.map((v) => v ** 3)))).toBeLessThan(0.062)
    expect(Math.abs(mean(z.map((v) => v ** 4)) - 3)).toBeLessThan(0.16)
  })

  it('is finite even where the uniform number is 0', () => {
    expect(Math.abs(gaussian(() => 0))).toBe(0)
  })

  it('gaussians draws from the same stream', () => {
    const draw = rng(5)
    expect(Array.from(gaussians(rng(5), 4))).toEqual(take(4, () => gaussian(draw)))
  })
})

describe('shuffled', () => {
  it('gives each of the six orders of three items about equally often', () => {
    const draw = rng(2)
    const counts = new Map<string, number>()
    for (let k = 0; k < 6000; k++) {
      const order = shuffled(['a', 'b', 'c'], draw).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    // χ² of 5 degrees of freedom; above 20.5 once in a thousand.
    const chi = [...counts.values()].reduce((total, count) => total + (count - 1000) ** 2 / 1000, 0)
    expect(counts.size).toBe(6)
    expect(chi).toBeLessThan(20.5)
  })

  it('leaves its argument as it was and loses nothing', () => {
    const items = [1, 2, 3, 4, 5]
    expect(shuffled(items, rng(1)).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5])
    expect(items).toEqual([1, 2, 3, 4, 5])
  })
})
