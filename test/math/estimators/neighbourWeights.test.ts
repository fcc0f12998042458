import { describe, expect, it } from 'vitest'
import { DomainError } from '../../../src/math/errors.ts'
import { estimatorById } from '../../../src/math/estimators/index.ts'
import { neighbourWeights } from '../../../src/math/estimators/neighbourWeights.ts'
import { samplesFrom } from '../../../src/math/estimators/sample.ts'
import { logGamma } from '../../../src/math/special.ts'
import { gaussian } from '../../../src/math/random/gaussian.ts'
import { rng } from '../../../src/math/random/rng.ts'

describe('weights of neighbours', () => {
  // numpy.linalg.lstsq of the conditions, rcond 1e-6.
  it.each([
    [5, 5, [1.540589848, 0.6696245103, 0.05994877364, -0.4277918157, -0.8423713166]],
    [7, 6, [1.393205482, 0.7114024514, 0.256867098, -0.09666039907, -0.3912666467, 0, -0.8735479853]],
    [5, 12, [70.44355765, -237.6949836, 140.2354637, 167.4536549, -139.4376927]],
    [5, 16, [495, -4350, 11_280, -11_520, 4096]],
    [
      8,
      19,
      [596.3684751, -3603.268514, 3937.330177, 2215.192624, -1192.435939, -2942.904406, -1762.003101, 2752.720683],
    ],
  ])('of %i neighbours in %i dimensions are those of numpy, to 1e-8 of the largest', (k, d, expected) => {
    const found = neighbourWeights('wkl-mi', k, d)
    const largest = Math.max(...expected.map(Math.abs))
    expect(found.length).toBe(k)
    for (const [j, want] of expected.entries()) expect(Math.abs(found[j]! - want)).toBeLessThan(1e-8 * largest)
  })

  it('sum to 1 and cancel each bias within 1e-8, or are refused, for 1 to 60 neighbours in 5 to 40 dimensions', () => {
    const refused = new Set<string>()
    for (let d = 5; d <= 40; d++)
      for (const k of [1, 2, 3, 4, 5, 6, 9, 13, 20, 33, 60]) {
        let weights: Float64Array
        try {
          weights = neighbourWeights('wkl-mi', k, d)
        } catch (error) {
          if (!(error instanceof DomainError)) throw error
          refused.add(`${k} in ${d}`)
          continue
        }
        for (let l = 0; l <= Math.floor(d / 4); l++) {
          const sum = weights.reduce(
            (total, w, j) => total + w * Math.exp(logGamma(j + 1 + (2 * l) / d) - logGamma(j + 1)),
            0,
          )
          expect(Math.abs(sum - (l === 0 ? 1 : 0))).toBeLessThan(1e-8)
        }
      }
    expect(['4 in 16', '1 in 5', '5 in 20', '60 in 20', '5 in 19'].filter((each) => !refused.has(each))).toEqual([])
    expect(['5 in 16', '2 in 5', '6 in 19', '60 in 19'].filter((each) => refused.has(each))).toEqual([])
  })
})

describe('wkl-mi', () => {
  const draw = rng(6)
  const normals = (cols: number) =>
    samplesFrom(
      'X',
      Array.from({ length: 200 }, () => Array.from({ length: cols }, () => gaussian(draw))),
    )
  const read = (dx: number, dy: number, k: number) =>
    estimatorById('wkl-mi')!.estimate({ kind: 'pair', X: normals(dx), Y: normals(dy) }, { k })

  it('refuses 10 and 10 dimensions, where its conditions cannot be met, and says what to do', () => {
    expect(() => read(10, 10, 5)).toThrow(
      'wkl-mi: in 20 dimensions the weights must meet 6 conditions, and those of 5 neighbours cannot; compress the samples until both sides have fewer than 20 together',
    )
  })

  it('asks for as many neighbours as it has conditions', () => {
    expect(() => read(5, 2, 1)).toThrow(
      'wkl-mi: in 5 dimensions the weights must meet 2 conditions, and those of 1 neighbour cannot; take k of at least 2',
    )
    expect(() => read(8, 2, 2)).toThrow('take k of at least 3')
    expect(() => read(17, 2, 5)).toThrow('take k of at least 6')
    expect(Number.isFinite(read(8, 2, 3).nats['I'])).toBe(true)
  })
})
