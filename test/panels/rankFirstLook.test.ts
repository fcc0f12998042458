import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import { lookWords, whatIsDone } from '../../src/panels/rank/firstLook.ts'

const look = (values: readonly number[], floor: number) =>
  lookWords({ values: Float64Array.from(values), floor, device: 'a GPU', precision: 'float32' })

describe('the words of a first look', () => {
  it('name the cliff, the precision and the device', () => {
    expect(look([9, 8, 7, 0.01, 0.009], 1e-6)).toBe('first look in float32 on a GPU: largest drop behind value 3')
  })

  it('take no drop below float32’s floor for a cliff', () => {
    expect(look([9, 8, 7, 6, 1e-9, 1e-15], 1)).toBe('first look in float32 on a GPU: no cliff among the largest 6')
    expect(look([9, 8, 7, 6, 1e-9, 1e-15], 1e-6)).toContain('behind value 4')
  })

  it('say where there is none: one within e² is no cliff', () => {
    expect(look([9, 8, 7, 1, 0.9], 1e-6)).toContain('no cliff among the largest 5')
  })
})

it('without a GPU a large matrix is described without a look, and nothing is reported', async () => {
  const matrix = { rows: 2000, cols: 1000, values: new Float64Array(2_000_000).fill(1) }
  const reports: string[] = []
  const context = {
    engine: createEngine(),
    signal: new AbortController().signal,
    progress: (_: number, doing: string) => void reports.push(doing),
    data: async () => null,
    file: async () => {
      throw new Error('there is no file')
    },
  }
  expect(await whatIsDone(matrix, null, 1, context)).toBe('singular values of 2000 × 1000')
  expect(await whatIsDone(matrix, 'own.npy', 1, context)).toBe('singular values of own.npy, 2000 × 1000')
  expect(reports).toEqual([])
})
