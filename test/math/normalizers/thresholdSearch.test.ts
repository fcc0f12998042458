import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entmax, entmaxThreshold } from '../../../src/math/normalizers/entmax.ts'
import { normmax } from '../../../src/math/normalizers/normmax.ts'
import { distances, powerPeak } from '../../../src/math/normalizers/powerThreshold.ts'
import { gaussian } from '../../../src/math/random/gaussian.ts'
import { lcg32 } from '../../../src/math/random/lcg32.ts'
import { seeded } from './arbitraries.ts'

const alphas = [0.01, 0.2, 0.5, 0.9, 1 - 1e-12, 1 + 1e-12, 1.001, 1.01, 1.1, 1.25, 1.333, 1.5, 1.6, 1.75, 1.9, 1.999]
const steep = [2, 2 + 1e-7, 2.1, 3, 4, 10, 50, 1000]

/** Rows that are made to be slow or to break: near-ties, geometric gaps, denormals, edges hit to the last bit, ±1e308. */
const nasty: Readonly<Record<string, (n: number, i: number) => number>> = {
  equal: () => 0.25,
  ramp: (n, i) => -i / n,
  root: (n, i) => -Math.sqrt(i / n),
  harmonic: (_, i) => -1 + 1 / (1 + i),
  halves: (_, i) => -(2 ** -(i % 50)),
  geometric: (_, i) => -(1.3 ** -(i % 300)),
  'last bits above the edge': (_, i) => (i === 0 ? 0 : -1 + i * 2 ** -52),
  'last bits above a half': (_, i) => (i === 0 ? 0 : -0.5 + i * 2 ** -53),
  denormal: (_, i) => i * 5e-324,
  'nearly tied halves': (n, i) => (i < n / 2 ? 0 : -1e-300),
  huge: (_, i) => (i % 3 === 0 ? -1e308 : 1e308),
  'beside 1e4': (_, i) => (i % 2 === 0 ? 1e4 - i / 64 : -1e4 + i),
}
const rows = Object.entries(nasty).flatMap(([name, at]) =>
  [1, 2, 3, 17, 300, 3000].flatMap((n) =>
    [1, 0.01, 3, 100].map((scale) => {
      const s = name === 'huge' ? 1 : scale
      return { name: `${name}, n = ${n}, times ${s}`, x: Float64Array.from({ length: n }, (_, i) => s * at(n, i)) }
    }),
  ),
)
const sumError = (y: Float64Array) => Math.abs(y.reduce((a, b) => a + b, 0) - 1)
const ulp = 2 ** -52

/** Names of the rows that take more rounds than `limit`, or whose weights miss the sum of 1 by over 4 ulp an entry. */
const offenders = (limit: number, rounds: (x: Float64Array) => number, map: (x: Float64Array) => Float64Array) =>
  rows.filter(({ x }) => rounds(x) > limit || !(sumError(map(x)) <= 4 * ulp * (x.length + 1))).map(({ name }) => name)

describe('the threshold search of entmax', () => {
  const entmaxOffenders = (limit: number, alpha: number) =>
    offenders(
      limit,
      (x) => entmaxThreshold(x, alpha).rounds,
      (x) => entmax(x, alpha),
    )

  it.each(alphas)('at α = %f takes at most 16 rounds on rows made to be slow, and the weights sum to 1', (alpha) => {
    expect(entmaxOffenders(16, alpha)).toEqual([])
  })

  // Steep maps search twice: the support's bound, then the least weight, whose slope may change by n.
  it.each(steep)('at α = %f takes at most 48 rounds on rows made to be slow, and the weights sum to 1', (alpha) => {
    expect(entmaxOffenders(48, alpha)).toEqual([])
  })

  it('ends within the proven 94 rounds, at a sum of 1, on doubles of every exponent', () => {
    const entry = fc.double({ noNaN: true, noDefaultInfinity: true })
    const alpha = fc.constantFrom(...alphas, ...steep)
    const property = fc.property(fc.array(entry, { minLength: 1, maxLength: 30 }), alpha, (x, a) => {
      expect(entmaxThreshold(x, a).rounds).toBeLessThanOrEqual(94)
      expect(sumError(entmax(x, a))).toBeLessThanOrEqual(4 * ulp * (x.length + 1))
    })
    fc.assert(property, seeded(2000))
  })

  it('takes 7 rounds or fewer to the last bit on Gaussian logits at α ≤ 1.5, where bisection takes 52', () => {
    for (const alpha of [1.001, 1.01, 1.05, 1.25, 1.333, 1.5])
      for (const n of [64, 4096])
        for (const deviation of [0.1, 1, 4]) {
          const z = gaussianRow(n, deviation)
          expect(entmaxThreshold(z, alpha).rounds).toBeLessThanOrEqual(7)
        }
  })

  it('takes 12 rounds or fewer on Gaussian logits at α = 1.75 and 2', () => {
    for (const alpha of [1.75, 2])
      for (const n of [64, 4096])
        for (const deviation of [0.1, 1, 4])
          expect(entmaxThreshold(gaussianRow(n, deviation), alpha).rounds).toBeLessThanOrEqual(12)
  })

  it.each([1.0001, 1.1, 1.5, 2, 3, 10, 1000])(
    'of normmax at α = %f takes at most 24 rounds on rows made to be slow, and the weights sum to 1',
    (alpha) => {
      const rounds = (x: Float64Array) => powerPeak(distances(x, 1), alpha / (alpha - 1)).rounds
      expect(offenders(24, rounds, (x) => normmax(x, alpha))).toEqual([])
    },
  )
})

function gaussianRow(n: number, deviation: number): Float64Array {
  const uniform = lcg32(n, 64 * n, 0, 1)
  let next = 0
  return Float64Array.from({ length: n }, () => deviation * gaussian(() => uniform[next++]!))
}
