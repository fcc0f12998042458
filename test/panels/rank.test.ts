import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import { compute } from '../../src/panels/rank/compute.ts'
import { defaults, schema, type RankExperiment } from '../../src/panels/rank/experiment.ts'
import { promptRankSteps, type PromptRanks } from '../../src/panels/rank/promptRanks.ts'
import type { RankResult } from '../../src/panels/rank/result.ts'
import { withView } from '../../src/panels/rank/shownView.ts'
import { portableNormals } from '../../src/math/bottleneck/portableNormals.ts'
import { sliceRows, type Matrix } from '../../src/math/linalg/matrix.ts'
import { thinSvd } from '../../src/math/linalg/thinSvd.ts'
import { logProbabilities } from '../../src/math/bottleneck/views.ts'
import { multiplyTransposed } from '../../src/math/linalg/products.ts'
import { golden, largestError } from '../math/bottleneck/fixtures.ts'

async function resultsOf(patch: Partial<RankExperiment>): Promise<RankResult[]> {
  const context = {
    engine: createEngine(),
    signal: new AbortController().signal,
    progress: () => undefined,
    data: async () => null,
    file: () => Promise.reject(new Error('no files')),
  }
  const all: RankResult[] = []
  for await (const result of compute({ ...defaults, ...patch }, context)) all.push(result)
  return all
}
const rankOf = async (patch: Partial<RankExperiment>) => (await resultsOf(patch)).at(-1)!

/** The rank at every count of rows, by the straight lines between the points. */
function everyRank({ prompts, ranks }: PromptRanks): number[] {
  return prompts.flatMap((to, i) => {
    const from = prompts[i - 1] ?? 0
    const [low, high] = [ranks[i - 1] ?? 0, ranks[i]!]
    return Array.from({ length: to - from }, (_, k) => low + ((high - low) * (k + 1)) / (to - from))
  })
}
function stepsOf<T>(steps: Generator<number, T, void>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
const upTo = (n: number, most: number) => Array.from({ length: n }, (_, k) => Math.min(k + 1, most))

describe('the rank of the first n prompts', () => {
  it('is n until the directions that theory counts, then stays', async () => {
    const cases: [Partial<RankExperiment>, number][] = [
      [{}, 25],
      [{ view: 'logits' }, 24],
      [{ view: 'centred' }, 24],
      [{ view: 'logits', bias: true }, 25],
      [{ view: 'logits', norm: 'layer' }, 23],
      [{ precision: 'int8', rounded: 'weights' }, 25],
      [{ hidden: 7, prompts: 40, vocabulary: 30 }, 8],
    ]
    for (const [patch, rank] of cases) {
      const { promptRanks, rows } = await rankOf(patch)
      expect(everyRank(promptRanks!)).toEqual(upTo(rows, rank))
      expect(promptRanks!.kink).toBe(rank)
    }
  })

  it('is one less while few prompts have their mean removed', async () => {
    const { promptRanks } = await rankOf({ view: 'logits', promptMeanRemoved: true })
    expect(everyRank(promptRanks!)).toEqual(Array.from({ length: 96 }, (_, k) => Math.min(k, 24)))
  })

  it('the zero that a removed mean leaves at the end is no cliff: noise is cut at 25 of 96', async () => {
    const { rankGap, rankAboveNoise } = await rankOf({ noise: 1e-4, promptMeanRemoved: true })
    expect([rankGap, rankAboveNoise]).toEqual([25, 25])
  })

  it('is n to the end where nothing bounds it, or where there are fewer prompts', async () => {
    expect(everyRank((await rankOf({ view: 'logits', softCap: 3 })).promptRanks!)).toEqual(upTo(96, 96))
    const few = (await rankOf({ prompts: 12 })).promptRanks!
    expect([everyRank(few), few.kink]).toEqual([upTo(12, 12), 12])
  })

  it('comes after the spectrum, and not for 513 prompts', async () => {
    expect((await resultsOf({})).map(({ promptRanks }) => promptRanks !== null)).toEqual([false, true])
    const many = await resultsOf({ prompts: 513, vocabulary: 40, hidden: 4 })
    expect(many.map(({ promptRanks }) => promptRanks)).toEqual([null])
  })

  // 60 rows whose values fall gradually: log-probabilities with noise of a size that hides half of them.
  const h = portableNormals(31, 60, 20)
  const noisy = multiplyTransposed(h, {
    ...h,
    rows: 45,
    values: h.values.slice(0, 900).map((x, i) => x * 0.8 ** (i % 20)),
  })
  const errors = portableNormals(32, 60, 45, 0.05)
  const gradual: Matrix = { ...noisy, values: logProbabilities(noisy).values.map((x, i) => x + errors.values[i]!) }
  const above = (m: Matrix, limit: number) => thinSvd(m).s.filter((value) => value > limit).length

  it.each([0.2, 1, 1.3, 3, 10])('is what another SVD counts above %s, at every point', (limit) => {
    const found = stepsOf(promptRankSteps(gradual, limit, above(gradual, limit), { meanRemoved: false }))
    expect(found.ranks).toEqual(found.prompts.map((rows) => above(sliceRows(gradual, 0, rows), limit)))
    if (found.kink === null) return
    expect(everyRank(found)).toEqual(upTo(60, 60).map((rows) => above(sliceRows(gradual, 0, rows), limit)))
  })

  it('does not depend on the size of the entries, even at 1e250', () => {
    const scaled = (by: number): Matrix => ({ ...gradual, values: gradual.values.map((x) => x * by) })
    const ranks = (by: number) => stepsOf(promptRankSteps(scaled(by), by, above(gradual, 1), { meanRemoved: false }))
    expect(ranks(2 ** 830)).toEqual(ranks(1))
    expect(ranks(2 ** -830)).toEqual(ranks(1))
  })
})

describe('compared precisions', () => {
  const spectra = async (patch: Partial<RankExperiment>) =>
    Object.fromEntries(
      (await rankOf({ compare: 'precisions', ...patch })).compared.map(({ label, singularValues }) => [
        label,
        singularValues,
      ]),
    )

  it('rounded weights move no cliff, rounded outputs lift what is behind it to the noise that their step gives', async () => {
    const found = await spectra({})
    expect(Object.keys(found)).toEqual(['f32', 'bf16', '2 decimals', 'int8 weights'])
    expect(found['int8 weights']![25]! / found['int8 weights']![0]!).toBeLessThan(1e-14)
    // A step of 0.01 errs by 0.01 / √12; the largest value of such errors lies at 0.85 to 1 of their edge.
    const edge = (0.01 / Math.sqrt(12)) * (Math.sqrt(96) + 16)
    expect(found['2 decimals']![25]! / edge).toBeGreaterThan(0.85)
    expect(found['2 decimals']![25]! / edge).toBeLessThan(1)
    expect(found['bf16']![25]! / found['f32']![25]!).toBeGreaterThan(2 ** 15)
    expect(found['bf16']![25]! / found['f32']![25]!).toBeLessThan(2 ** 17)
  })

  it('each is the spectrum that the same choice alone gives, and the choice itself is left out', async () => {
    const found = await spectra({ precision: '2-decimals' })
    expect(Object.keys(found)).toEqual(['f64', 'f32', 'bf16', 'int8 weights'])
    expect(found['bf16']).toEqual((await rankOf({ precision: 'bf16' })).singularValues)
    expect(found['f64']).toEqual((await rankOf({})).singularValues)
  })

  it('the sentence says how large the values behind the cliff are', async () => {
    const { sentence, compared } = await rankOf({ compare: 'precisions' })
    expect(sentence).toContain(
      `Largest value behind number 25: f32 ${compared[0]!.singularValues[25]!.toExponential(1).replace('-', '−')}`,
    )
  })
})

describe('output layers', () => {
  const { cases } = golden<{
    cases: { name: string; singularValuesClr: number[]; rankTol: number; rank1e3: number }[]
  }>('mixtures')
  const shape = { vocabulary: 160, hidden: 8, prompts: 120, seed: 1500, view: 'centred' as const }
  // The golden hidden states are 1.5 times the panel's; without a mixture a temperature does the same.
  const stretched = { ...shape, temperature: 1 / 1.5 }
  const layers: [string, Partial<RankExperiment>][] = [
    ['softmax', stretched],
    ['sigsoftmax', { ...stretched, layer: 'sigsoftmax' }],
    ['softcap_30.0', { ...stretched, softCap: 30 }],
    ...[2, 3, 5, 10].flatMap((components): [string, Partial<RankExperiment>][] => [
      [`mos_${components}`, { ...shape, layer: 'mixture-of-softmaxes', components }],
      [`moc_${components}`, { ...shape, layer: 'mixture-of-contexts', components }],
    ]),
  ]

  it.each(layers)('%s has the golden spectrum, rank and count above a thousandth', async (name, patch) => {
    const expected = cases.find((each) => each.name === name)!
    const got = await rankOf(patch)
    expect(largestError(got.singularValues, expected.singularValuesClr)).toBeLessThan(
      1e-9 * expected.singularValuesClr[0]!,
    )
    expect([got.rankTol, got.aboveThousandth]).toEqual([expected.rankTol, expected.rank1e3])
    expect(got.expectedRank).toBe(expected.rankTol === 8 ? 8 : null)
  })

  it('compared: each has the spectrum that it has alone', async () => {
    const { compared } = await rankOf({ ...shape, compare: 'layers' })
    expect(compared.map(({ label }) => label)).toEqual(['contexts', 'softmaxes', 'sigsoftmax'])
    const alone = await rankOf({ ...shape, layer: 'mixture-of-softmaxes' })
    expect(compared[1]!.singularValues).toEqual(alone.singularValues)
  })

  it('have temperature and cap: a tiny cap, or a high temperature, leaves the uniform distribution', async () => {
    // 120 rows of 1/160 have the one singular value √(120/160).
    const capped = await rankOf({ ...shape, view: 'probabilities', layer: 'mixture-of-softmaxes', softCap: 1e-6 })
    expect(largestError([capped.singularValues[0]! / Math.sqrt(120 / 160)], [1])).toBeLessThan(1e-6)
    const hot = await rankOf({ ...shape, view: 'probabilities', layer: 'sigsoftmax', temperature: 1e6, bias: true })
    expect(largestError([hot.singularValues[0]! / Math.sqrt(120 / 160)], [1])).toBeLessThan(1e-5)
  })

  it('that have no logits refuse to show them', () => {
    const problem = (patch: object) => v.safeParse(schema, { view: 'logits', ...patch }).issues?.[0].message
    expect(problem({ layer: 'sigsoftmax' })).toContain('have no logits: view must be')
    expect(problem({ compare: 'layers' })).toContain('not every output layer has logits')
    expect(problem({ layer: 'mixture-of-contexts' })).toBeUndefined()
    expect(problem({ layer: 'sigsoftmax', file: 'own.npy' })).toBeUndefined()
  })
  it('that have none take the view from logits when they are chosen, or come back after a matrix', () => {
    const valid = (experiment: Partial<RankExperiment>, patch: Partial<RankExperiment>) =>
      v.parse(schema, { ...experiment, ...withView({ ...defaults, ...experiment }, patch) }).view
    expect(valid({ view: 'logits' }, { layer: 'sigsoftmax' })).toBe('log-probabilities')
    expect(valid({ view: 'logits' }, { compare: 'layers' })).toBe('log-probabilities')
    expect(valid({ view: 'logits', file: 'own.npy', layer: 'sigsoftmax' }, { file: null })).toBe('log-probabilities')
    expect(valid({ view: 'logits' }, { layer: 'mixture-of-contexts' })).toBe('logits')
    expect(valid({ view: 'centred' }, { layer: 'sigsoftmax' })).toBe('centred')
  })
})
