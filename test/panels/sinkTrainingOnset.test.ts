import { describe, expect, it } from 'vitest'
import type { SinkRun } from '../../src/panels/sinkTraining/compute.ts'
import { onsetOf, onsetWords } from '../../src/panels/sinkTraining/onset.ts'

const reading = {
  loss: 1,
  bayes: 1,
  triggerLoss: 0,
  dormantExcess: 0,
  bosAttention: 0,
  triggerPrevious: 1,
  sinkRate: 1,
  rowMass: 1,
  exactZeros: 0,
  valueRatio: 1,
  kurtosis: 3,
  maxOverMedian: 5,
}
/** A run recorded every 10 steps. */
const run = (seed: number, alphas: readonly number[], stopped: string | null = null): SinkRun => ({
  normalizer: 'softmax',
  params: {},
  seed,
  engine: 'cpu',
  msPerStep: 1,
  steps: alphas.map((alpha0, i) => ({ ...reading, step: 10 * i, alpha0 })),
  maps: [],
  stopped,
  evicted: [],
})
const onset = (...alphas: readonly (readonly number[])[]) =>
  onsetOf({ runs: alphas.map((each, seed) => run(seed, each)) }, 0.3, 30)

describe('the onset of a sink', () => {
  it('is the first record above the bound, not one at it, and stays so when α₀ falls again', () => {
    expect(onset([0.1, 0.3, 0.31, 0.2]).steps).toEqual([20])
    expect(onsetWords(onset([0.1, 0.3, 0.31, 0.2]))).toBe('at step 20')
  })

  it('is never only once every seed has come to its last step', () => {
    expect(onsetWords(onset([0.1, 0.1, 0.1]))).toBe('not so far')
    expect(onsetWords(onset([0.1, 0.1, 0.1, 0.1]))).toBe('never')
    expect(onsetWords(onset([0.1, 0.1, 0.1, 0.1], [0.1]))).toBe('not so far')
  })

  it('is said to be missing, not never to come, where a run left the range of numbers', () => {
    expect(onsetWords(onsetOf({ runs: [run(0, [0.1, 0.1], 'diverged')] }, 0.3, 30))).toBe('not before it stopped')
  })

  it('is a range over seeds, and says in how many it came', () => {
    const two = [
      [0.1, 0.1, 0.5],
      [0.1, 0.5],
      [0.1, 0.1, 0.6],
    ] as const
    expect(onset(...two).steps).toEqual([10, 20])
    expect(onsetWords(onset(...two))).toBe('at steps 10 to 20')
    expect(onsetWords(onset(...two, [0.1, 0.1, 0.1, 0.1]))).toBe('at steps 10 to 20 in 3 of 4 seeds')
  })
})
