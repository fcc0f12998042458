import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { golden, largestError } from '../math/bottleneck/fixtures.ts'
import { softscope } from './softscope.ts'

interface Results {
  readonly singularValues: number[]
  readonly rankGap: number | null
  readonly rankTol: number
  readonly rankAboveNoise: number | null
  readonly expectedRank: number | null
  readonly noiseEdge: number | null
  readonly repeats: number
  readonly sentence: string
}

const folder = mkdtempSync(join(tmpdir(), 'softscope-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function run(experiment: object) {
  const file = join(folder, 'experiment.json')
  writeFileSync(file, JSON.stringify(experiment))
  return softscope(['run', 'rank', '--experiment', file])
}
const resultsOf = async (experiment: object): Promise<Results> => {
  const { status, stdout, stderr } = await run(experiment)
  if (status !== 0) throw new Error(stderr)
  return (JSON.parse(stdout) as { results: Results }).results
}

const { cases } = golden<{
  cases: { name: string; expected: { singularValues: number[]; rankTheory: number | null; rankTol: number } }[]
}>('spectra')
const goldenViews = { view_logits: 'logits', view_logprobs: 'log-probabilities', view_clr: 'centred' } as const

describe('softscope run rank', { timeout: 60_000 }, () => {
  it.each(Object.entries(goldenViews))('gives the golden spectrum and ranks of %s', async (name, view) => {
    const { expected } = cases.find((each) => each.name === name)!
    const got = await resultsOf({ view })
    const tolerance = 1e-10 * expected.singularValues[0]!
    expect(largestError(got.singularValues, expected.singularValues)).toBeLessThan(tolerance)
    expect([got.rankGap, got.rankTol, got.expectedRank]).toEqual([
      expected.rankTheory,
      expected.rankTol,
      expected.rankTheory,
    ])
  })

  it('rounding the weights to int8 leaves rank 25; outputs to 2 decimals have full rank by tolerance, 25 above noise', async () => {
    const weights = await resultsOf({ precision: 'int8', rounded: 'weights' })
    expect([weights.rankTol, weights.rankAboveNoise]).toEqual([25, null])
    const outputs = await resultsOf({ precision: '2-decimals' })
    expect([outputs.rankTol, outputs.rankAboveNoise]).toEqual([96, 25])
    // σ of a step of 0.01 is 0.01 / √12; the shape is 96 × 256.
    expect(outputs.noiseEdge).toBeCloseTo((0.01 / Math.sqrt(12)) * (Math.sqrt(96) + 16), 12)
    expect((await resultsOf({ precision: '2-decimals', view: 'centred' })).rankAboveNoise).toBe(24)
  })

  it('temperature 4 divides every singular value of the logits by 4, within 1e-10', async () => {
    const one = (await resultsOf({ view: 'logits' })).singularValues.slice(0, 24)
    const four = (await resultsOf({ view: 'logits', temperature: 4 })).singularValues
    one.forEach((value, i) => expect(Math.abs((4 * four[i]!) / value - 1)).toBeLessThan(1e-10))
  })

  it('reads a matrix from a file and leaves its repeated row out', async () => {
    writeFileSync(join(folder, 'own.csv'), '3,0\n4,5\n3,0\n')
    const got = await resultsOf({ file: 'own.csv', view: 'logits' })
    expect(largestError(got.singularValues, [Math.sqrt(45), Math.sqrt(5)])).toBeLessThan(1e-14)
    expect(got.repeats).toBe(1)
    expect(got.sentence).toContain('1 repeated row was left out')
  })

  it('says what is wrong with one row and with an infinite entry', async () => {
    writeFileSync(join(folder, 'row.csv'), '1,2,3\n')
    writeFileSync(join(folder, 'inf.csv'), '1,2\n3,inf\n')
    const row = await run({ file: 'row.csv' })
    expect([row.status, row.stderr]).toEqual([1, expect.stringContaining('row.csv is 1 × 3: one row')])
    const infinite = await run({ file: 'inf.csv' })
    expect(infinite.stderr).toContain('inf.csv: the entry at row 1, column 1 (from 0) is Infinity')
  })
})
