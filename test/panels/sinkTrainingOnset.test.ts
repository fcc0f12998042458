import { describe, expect, it } from 'vitest'
import { onsetOf, onsetWords } from '../../src/panels/sinkTraining/onset.ts'
import { sinkRun, stepReading } from './sinkRuns.ts'

/** A run recorded every 10 steps. */
const run = (seed: number, alphas: readonly number[], stopped: string | null = null) =>
  sinkRun({ seed, stopped, steps: alphas.map((alpha0, i) => stepReading({ step: 10 * i, alpha0 })) })
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
