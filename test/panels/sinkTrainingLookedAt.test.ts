import { describe, expect, it } from 'vitest'
import {
  courseOf,
  describe as describeStep,
  groupsOf,
  indexAt,
  recordedSteps,
} from '../../src/panels/sinkTraining/lookedAt.ts'
import { queryOrder, rowParts } from '../../src/panels/sinkTraining/rowParts.ts'
import { sinkRun, stepReading } from './sinkRuns.ts'

const run = (normalizer: string, seed: number, shares: readonly number[]) =>
  sinkRun({ normalizer, seed, steps: shares.map((bosAttention, i) => stepReading({ step: 10 * i, bosAttention })) })

describe('what is looked at', () => {
  it('is the last record at or before a step, and the newest for null', () => {
    const { steps } = run('softmax', 0, [0.1, 0.4, 0.9])
    expect([indexAt({ steps }, null), indexAt({ steps }, 10), indexAt({ steps }, 19), indexAt({ steps }, -1)]).toEqual([
      2, 1, 1, -1,
    ])
  })

  it('is what the sentence and the published numbers speak of', () => {
    const result = { runs: [run('softmax', 0, [0.1, 0.4, 0.9])], uniformAlpha0: 0.127 }
    expect(describeStep({ step: 10 }, result).sentence).toMatch(/^Step 10: softmax puts 40 %/)
    expect(describeStep({ step: 10 }, result).values).toMatchObject({ softmax: { step: 10, bosAttention: 0.4 } })
    expect(describeStep({ step: null }, result).sentence).toMatch(/^Step 20: softmax puts 90 %/)
  })

  it('is said of the seeds that have come to it, not of one that is still at an earlier step', () => {
    const result = { runs: [run('softmax', 0, [0.1, 0.4, 0.9]), run('softmax', 1, [0.1])], uniformAlpha0: 0.127 }
    const { sentence, values } = describeStep({ step: null }, result)
    expect(sentence).toMatch(/^Step 20: softmax puts 90 %/)
    expect(values).toMatchObject({ softmax: { step: 20, bosAttention: 0.9 } })
    expect(describeStep({ step: 0 }, result).values).toMatchObject({ softmax: { step: 0, bosAttention: 0.1 } })
  })

  it('names the step of a model that stopped before the others', () => {
    const result = { runs: [run('softmax', 0, [0.1, 0.2]), run('softpick', 0, [0.05])], uniformAlpha0: 0.127 }
    expect(describeStep({ step: null }, result).sentence).toMatch(
      /^Step 10: softmax puts 20 % of .*; softpick, at step 0, puts 5 % of/,
    )
  })

  it('is called 0 % only where it is 0', () => {
    const said = (share: number) =>
      describeStep({ step: null }, { runs: [run('sigmoid', 0, [share])], uniformAlpha0: 0.127 }).sentence
    expect([said(0), said(0.0007), said(0.006)]).toEqual([
      expect.stringMatching(/puts 0 % of/),
      expect.stringMatching(/puts less than 1 % of/),
      expect.stringMatching(/puts 1 % of/),
    ])
  })

  it('is a share only where rows sum to 1: a weight of 0.98 in a row of 16.6 is 6 % of it, and both are said', () => {
    const summing = (rowMass: number) => {
      const of = run('sigmoid', 0, [0.984])
      const runs = [{ ...of, steps: of.steps.map((each) => ({ ...each, rowMass })) }]
      return describeStep({ step: null }, { runs, uniformAlpha0: 0.127 }).sentence
    }
    expect(summing(16.61)).toBe(
      'Step 0: sigmoid gives the first token a weight of 0.984 from a dormant token, whose row sums to 16.6.',
    )
    expect(summing(0.25)).toContain('whose row sums to 0.25')
    expect(summing(1 - 1e-5)).toBe('Step 0: sigmoid puts 98 % of a dormant token’s attention on the first token.')
  })

  it('names the parameters in which two settings of one normalizer differ, and no others', () => {
    const sink = (strength: number) => ({ ...run('ssmax', 0, [0.5]), params: { s: strength, b: 0 } })
    const runs = [sink(0.43), { ...sink(1), stopped: 'It stopped.' }, run('softmax', 0, [0.5])]
    const { sentence } = describeStep({ step: null }, { runs, uniformAlpha0: 0.127 })
    expect(sentence).toMatch(
      /^Step 0: scalable softmax \(strength 0\.43\) puts .*; scalable softmax \(strength 1\) puts .*; softmax puts .*\. scalable softmax \(strength 1\): It stopped\.$/,
    )
    expect(describeStep({ step: null }, { runs: [sink(1)], uniformAlpha0: 0.127 }).sentence).toMatch(
      /^Step 0: scalable softmax puts/,
    )
  })

  it('keeps two entries of one normalizer apart, and their seeds together', () => {
    const runs = [run('sink', 0, [1]), run('sink', 0, [0]), run('sink', 1, [1]), run('sink', 1, [0])]
    expect(groupsOf(runs).map((group) => group.runs.map(({ steps }) => steps[0]!.bosAttention))).toEqual([
      [1, 1],
      [0, 0],
    ])
  })

  it('has the mean and the range of the seeds that are there, while a later one is still short', () => {
    const [group] = groupsOf([run('softmax', 0, [0.25, 0.5]), run('softmax', 1, [0.75])])
    expect(courseOf(group!, 'bosAttention')).toEqual({
      steps: [0, 10],
      mean: [0.5, 0.5],
      low: [0.25, 0.5],
      high: [0.75, 0.5],
    })
  })

  it('can be any step of the first seed, also of a model that outlived a diverged one', () => {
    expect(recordedSteps({ runs: [run('softmax', 0, [0]), run('softpick', 0, [0, 0, 0])] })).toEqual([0, 10, 20])
  })
})

describe('a row of attention', () => {
  const triggers = [false, false, true, false, false, false]
  const map = new Float32Array(36)
  map.set([0.5, 0.0625, 0.125, 0, 0.0625, 0.125], 30)

  it('counts each key once: the first token, itself, the one before, triggers, the rest; and what is left', () => {
    expect(rowParts(map, triggers, 5)).toEqual({ spent: [0.5, 0.125, 0.0625, 0.125, 0.0625], unspent: 0.125 })
  })

  it('that is empty leaves all unspent, and one that spends more than 1 leaves nothing', () => {
    expect(rowParts(map, triggers, 3).unspent).toBe(1)
    expect(rowParts(Float32Array.of(0, 0, 1, 1), [false, false], 1).unspent).toBe(0)
  })

  it('of a trigger comes first where triggers are sorted first; the others keep their order', () => {
    expect(queryOrder(triggers, true)).toEqual([2, 0, 1, 3, 4, 5])
    expect(queryOrder(triggers, false)).toEqual([0, 1, 2, 3, 4, 5])
  })
})
