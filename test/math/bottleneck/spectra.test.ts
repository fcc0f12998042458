import { describe, expect, it } from 'vitest'
import { outputMatrix, type OutputLayer } from '../../../src/math/bottleneck/outputMatrix.ts'
import { portableNormals } from '../../../src/math/bottleneck/portableNormals.ts'
import type { Precision } from '../../../src/math/bottleneck/precision.ts'
import { entropyRank, expectedRank, noiseEdge, rankDecisions, stableRank } from '../../../src/math/bottleneck/rank.ts'
import { singularValues } from '../../../src/math/linalg/singularValues.ts'
import { golden, hidden, largestError, weights } from './fixtures.ts'

interface Case {
  name: string
  V: number
  d: number
  n: number
  seedW: number
  seedH: number
  seedB: number
  seedG: number
  seedN: number
  view: 'logits' | 'logprobs' | 'clr' | 'probs'
  bias?: true
  norm?: 'rms' | 'layer' | 'layer_beta'
  T?: number
  noise?: number
  softcap?: number
  precision?: string
  precisionWhere?: 'weights' | 'hidden' | 'output'
  centerPrompts?: true
  expected: {
    rankTheory: number | null
    rankTheoryWithoutNoise?: number
    rankGap: number
    logGap: number
    rankTol: number
    entropyRank: number
    stableRank: number
    singularValues: number[]
    last: number
    noiseFloorPredicted: number | null
    firstNoiseSingularValue?: number
    rankAboveNoise?: number
  }
}

const views = { logits: 'logits', logprobs: 'log-probabilities', clr: 'centred', probs: 'probabilities' } as const
const norms = { rms: 'rms', layer: 'layer', layer_beta: 'layer-shift' } as const
const epsilons: Record<string, number> = { f32: 2 ** -23, f16: 2 ** -10, bf16: 2 ** -7, int8: 1 / 127 }

function precisionOf(name: string): Precision {
  const decimals = /^dec(\d)$/.exec(name)?.[1]
  return decimals === undefined ? (name as Exclude<Precision, object>) : { decimals: Number(decimals) }
}

function layerOf(c: Case): OutputLayer {
  return {
    weights: weights(c.seedW, c.V, c.d),
    hidden: hidden(c.seedH, c.n, c.d, 1),
    bias: c.bias ? portableNormals(c.seedB, 1, c.V, 0.5).values : null,
    norm: c.norm === undefined ? 'none' : norms[c.norm],
    gain: portableNormals(c.seedG, 1, c.d).values.map((x) => 1 + 0.1 * x),
    shift: portableNormals(c.seedG + 1, 1, c.d, 0.3).values,
    temperature: c.T ?? 1,
    cap: c.softcap ?? null,
    view: views[c.view],
    rounding:
      c.precision === undefined || c.precisionWhere === undefined
        ? null
        : {
            where: c.precisionWhere === 'output' ? 'outputs' : c.precisionWhere,
            precision: precisionOf(c.precision),
          },
    noise: c.noise === undefined ? null : { sigma: c.noise, normals: portableNormals(c.seedN, c.n, c.V) },
    promptMeanRemoved: c.centerPrompts === true,
  }
}

/** 1e-10 s₁; rounded outputs may flip by one unit in the last place, which moves a value by that unit times √V. */
function tolerance(c: Case): number {
  const s1 = c.expected.singularValues[0]!
  if (c.precisionWhere !== 'output') return 1e-10 * s1
  const epsilon = epsilons[c.precision!] ?? 10 ** -precisionDecimals(c)
  return 2e-3 * s1 * epsilon * Math.sqrt(c.V)
}
const precisionDecimals = (c: Case): number => Number(c.precision!.slice(3))

const { cases } = golden<{ cases: Case[] }>('spectra')

describe.each(cases)('spectrum $name', (c) => {
  const { matrix, sigma } = outputMatrix(layerOf(c))
  const s = singularValues(matrix)
  const { expected } = c

  it('has the golden singular values', () => {
    expect(largestError(s, expected.singularValues)).toBeLessThan(tolerance(c))
    expect(Math.abs(s.at(-1)! - expected.last)).toBeLessThan(tolerance(c))
  })

  it('has the golden ranks, by the gap where it is clear, by the tolerance, and above noise', () => {
    const decisions = rankDecisions(s, c.n, c.V, sigma)
    const isClear = expected.logGap > 2
    expect(isClear ? decisions.rankGap : expected.rankGap).toBe(expected.rankGap)
    expect(decisions.rankTol).toBe(expected.rankTol)
    expect(decisions.rankAboveNoise ?? undefined).toBe(expected.rankAboveNoise)
    // Gaps down to a floor that rounding makes are the machine's: compare those between true values.
    const isTrueGap = sigma !== null && c.precisionWhere !== 'output'
    expect(isTrueGap ? Math.abs(decisions.logGap! - expected.logGap) : 0).toBeLessThan(1e-6)
    expect(Math.abs(stableRank(s) / expected.stableRank - 1)).toBeLessThan(1e-5)
    expect(Math.abs(entropyRank(s) / expected.entropyRank - 1)).toBeLessThan(1e-5)
  })

  it('has the rank that theory gives, and noise at its edge', () => {
    const theory = expectedRank({
      view: views[c.view],
      vocabulary: c.V,
      hidden: c.d,
      prompts: c.n,
      norm: c.norm === undefined ? 'none' : norms[c.norm],
      bias: c.bias === true,
      softCap: c.softcap !== undefined,
      promptMeanRemoved: c.centerPrompts === true,
    })
    expect(theory).toBe(expected.rankTheory)
    const floor = sigma === null ? null : noiseEdge(sigma, c.n, c.V)
    // 1e-4 relative: the deviation of rounded outputs depends on single roundings.
    expect(floor ?? 0).toBeCloseTo(expected.noiseFloorPredicted ?? 0, 10)
    expect(Math.abs((floor ?? 1) / (expected.noiseFloorPredicted ?? 1) - 1)).toBeLessThan(1e-4)
  })
})

describe('the tolerance rule at the ends of float64', () => {
  it.each([1, 1e308, 1e-300])('counts both of s = [1, 0.1] times %d in a 2 × 2 matrix', (scale) => {
    expect(rankDecisions(Float64Array.of(scale, 0.1 * scale), 2, 2).rankTol).toBe(2)
  })
})
