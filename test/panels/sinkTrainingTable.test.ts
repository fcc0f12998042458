import { describe, expect, it } from 'vitest'
import type { SinkRun } from '../../src/panels/sinkTraining/compute.ts'
import type { StepReading } from '../../src/panels/sinkTraining/measure.ts'
import { finalOf } from './sinkTraining.ts'

// What another implementation found on other seeds, as bounds that every seed must keep. If one misses one, as many
// fresh seeds run, and all of those must keep all. On 24 seeds apart from these, all kept all but two under softpick,
// which ended with trigger losses of 0.37 and 0.39, and one under ReLU over n, with an importance of 0.145.
const firstSeeds = [101, 102, 103]
const moreSeeds = [104, 105, 106]

type Check = readonly [words: string, holds: (last: StepReading, run: SinkRun) => boolean]

const always: readonly Check[] = [
  ['starts at the uniform loss, ln 32 within 0.03', (_, { steps }) => Math.abs(steps[0]!.loss - Math.log(32)) < 0.03],
  ['ends with a trigger loss under 0.35', ({ triggerLoss }) => triggerLoss < 0.35],
]
const sink: readonly Check[] = [
  ['ends less than 0.12 above the least loss', ({ loss, bayes }) => loss - bayes < 0.12],
  ['puts more than 0.6 of a dormant row on the first token', ({ bosAttention }) => bosAttention > 0.6],
  ['gives the first token an importance above 0.45', ({ alpha0 }) => alpha0 > 0.45],
  ['has a sink rate of 0.9 or more', ({ sinkRate }) => sinkRate >= 0.9],
  ['passes an importance of 0.3 by step 120', (_, { steps }) => steps.some((s) => s.step <= 120 && s.alpha0 > 0.3)],
  ['drains the value of the first token below 0.75', ({ valueRatio }) => valueRatio < 0.75],
  ['spends every dormant row, within 1e-5', ({ rowMass }) => Math.abs(rowMass - 1) <= 1e-5],
]
const none: readonly Check[] = [
  ['ends less than 0.15 above the least loss', ({ loss, bayes }) => loss - bayes < 0.15],
  ['puts less than 0.05 of a dormant row on the first token', ({ bosAttention }) => bosAttention < 0.05],
  ['gives the first token an importance below 0.06', ({ alpha0 }) => alpha0 < 0.06],
  ['has a sink rate of exactly 0', ({ sinkRate }) => sinkRate === 0],
  ['never passes an importance of 0.3', (_, { steps }) => steps.every(({ alpha0 }) => alpha0 <= 0.3)],
  ['spends less than 0.05 of a dormant row', ({ rowMass }) => rowMass < 0.05],
]

type Table = readonly (readonly [id: string, checks: readonly Check[]])[]

const table: Table = [
  ['softmax', [...always, ...sink, ['has hardly a zero: under 0.05', ({ exactZeros }) => exactZeros < 0.05]]],
  ['softpick', [...always, ...none, ['is zero in more than 0.75', ({ exactZeros }) => exactZeros > 0.75]]],
  ['sparsemax', [...always, ...sink, ['is zero in more than 0.85', ({ exactZeros }) => exactZeros > 0.85]]],
]

const others: Table = [
  ['ssmax', [...always, ...sink]],
  ['entmax', [...always, ...sink]],
  ['sigmoid', [...always, ...none, ['has no zeros: under 0.01', ({ exactZeros }) => exactZeros < 0.01]]],
  ['relu-n', [...always, ...none, ['is zero in more than 0.9', ({ exactZeros }) => exactZeros > 0.9]]],
  // Off by one trains; whether it keeps its sink depends on the seed, and nothing is claimed.
  ['softmax-n', always],
]

/** What does not hold, in words, after a default run of these normalizers on these seeds. */
async function misses(rows: Table, seeds: readonly number[]): Promise<string[]> {
  const { runs } = await finalOf({ normalizers: rows.map(([id]) => id), seeds })
  return rows.flatMap(([id, checks]) =>
    runs
      .filter(({ normalizer }) => normalizer === id)
      .flatMap((run) =>
        checks
          .filter(([, holds]) => !holds(run.steps.at(-1)!, run))
          .map(([words]) => `not so of ${id} on seed ${run.seed}: ${words}`),
      ),
  )
}

async function missesTwice(rows: Table, first: readonly number[], more: readonly number[]): Promise<string[]> {
  return (await misses(rows, first)).length > 0 ? misses(rows, more) : []
}

describe('sinks over seeds that nothing was tuned on', () => {
  it('form under softmax and sparsemax, zeros or not, and never under softpick, at the same loss', async () => {
    expect(await missesTwice(table, firstSeeds, moreSeeds)).toEqual([])
  }, 120_000)

  it('form where rows must sum to one (ssmax, entmax), and not where they need not (sigmoid, ReLU over n)', async () => {
    expect(await missesTwice(others, firstSeeds, moreSeeds)).toEqual([])
  }, 240_000)

  it('form in an experiment of 300 steps and two models within 5 s of work', async () => {
    await finalOf({ steps: 30 })
    const start = process.cpuUsage()
    await finalOf({})
    const { user, system } = process.cpuUsage(start)
    // CPU time of all threads of this process: wall time on a machine that does nothing else is no longer.
    expect((user + system) / 1e6).toBeLessThanOrEqual(5)
  }, 60_000)
})
