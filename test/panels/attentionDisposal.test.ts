import { afterEach, describe, expect, it, vi } from 'vitest'
import { DeviceLostError } from '../../src/engine/errors.ts'
import { float64Engine, languageEngines, type LanguageEngine } from '../../src/models/language/engines.ts'
import { resultOf } from './attention.ts'

afterEach(() => vi.restoreAllMocks())

describe('engines of the attention panel', () => {
  it('are each disposed of once: the device that is lost, and the loops that take its place', async () => {
    const disposed: string[] = []
    const counting = (change: Partial<LanguageEngine>): LanguageEngine => {
      const engine = { ...float64Engine, ...change }
      return { ...engine, dispose: () => void disposed.push(engine.device) }
    }
    const gpu = counting({
      id: 'webgpu',
      device: 'a GPU',
      forward: () => Promise.reject(new DeviceLostError('gone')),
    })
    vi.spyOn(languageEngines, 'webgpu').mockResolvedValue(gpu)
    // What so short a text falls back to is this one, as it is.
    vi.spyOn(float64Engine, 'dispose').mockImplementation(() => void disposed.push('loops'))
    const { ran } = await resultOf({ engine: 'webgpu' })
    expect(ran).toMatchObject({ id: 'cpu', why: expect.stringContaining('a GPU failed: gone') as string })
    expect(disposed).toEqual(['a GPU', 'loops'])
  })
})
