import { describe, expect, it } from 'vitest'
import type { Evicted } from '../../src/panels/sinkTraining/eviction.ts'
import { costWords, evictionCosts } from '../../src/panels/sinkTraining/evictionWords.ts'
import { sinkRun } from './sinkRuns.ts'

const of = (without: number, kept: number): readonly Evicted[] => [
  { size: 4, keepsFirst: false, dormantExcess: without, triggerLoss: 0 },
  { size: 4, keepsFirst: true, dormantExcess: kept, triggerLoss: 0 },
  { size: 2, keepsFirst: false, dormantExcess: 9, triggerLoss: 0 },
]
const run = (evicted: readonly Evicted[]) => sinkRun({ evicted })

describe('the cost of evicting the first token', () => {
  it('is the loss without it less the loss with it, of each seed that has come to its end', () => {
    expect(evictionCosts({ runs: [run(of(0.75, 0.25)), run([]), run(of(0.5, 0.25))] })).toEqual([0.5, 0.25])
  })

  it('says none where a cache was tried only one way', () => {
    expect(evictionCosts({ runs: [run(of(0.75, 0.25))] }, 2)).toEqual([])
  })

  it('is written with its sign, its range over seeds, and no more digits than it has', () => {
    expect(costWords([0.494])).toBe('0.49 nats')
    expect(costWords([-0.02])).toBe('−0.02 nats')
    expect(costWords([0.5, 0.25])).toBe('0.38 nats (0.25 to 0.50)')
    expect(costWords([-0.004, 0.0001])).toBe('less than 0.01 nats')
  })
})
