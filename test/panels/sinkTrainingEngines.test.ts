import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RungId } from '../../src/engine/contract.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { DeviceLostError } from '../../src/engine/errors.ts'
import { engineSources } from '../../src/models/transformer/engines.ts'
import { resultsOf } from './sinkTraining.ts'

const small = { length: 8, width: 8, batch: 8, steps: 1, seeds: [1], normalizers: ['softmax'] }

async function finalWhere(page: RungId, experiment: object = {}) {
  const engine = createEngine()
  engine.choose(page)
  return (await resultsOf({ ...small, ...experiment }, { engine })).at(-1)!
}

afterEach(() => vi.restoreAllMocks())

describe('sink-training where a person chose an engine for the page', () => {
  it('trains there, and times no other', async () => {
    for (const page of ['cpu', 'wasm'] as const) {
      const { runs, engines } = await finalWhere(page)
      expect([runs[0]!.engine, engines.map(({ id }) => id)]).toEqual([page, [page]])
    }
  })

  it('follows the experiment’s own engine before that', async () => {
    expect((await finalWhere('wasm', { engine: 'cpu' })).runs[0]!.engine).toBe('cpu')
  })

  it('takes the fastest of the others where it cannot be had, and says why', async () => {
    const { runs, engines } = await finalWhere('webgpu')
    expect(['wasm', 'cpu']).toContain(runs[0]!.engine)
    expect(engines.filter(({ id }) => id === 'webgpu')).toEqual([
      {
        id: 'webgpu',
        device: null,
        milliseconds: null,
        reason: 'webgpu cannot be had: there is no WebGPU here, though the page was told to use it',
      },
    ])
  })
})

describe('sink-training whose device is lost', () => {
  it('goes on in loops, and disposes of both engines once', async () => {
    const disposed: string[] = []
    vi.spyOn(engineSources, 'webgpu').mockResolvedValue({
      id: 'webgpu',
      device: 'a GPU',
      software: false,
      refuses: () => null,
      openModel: () => Promise.reject(new DeviceLostError('gone')),
      buffers: () => 0,
      dispose: () => void disposed.push('a GPU'),
    })
    const openLoops = engineSources.wasm
    vi.spyOn(engineSources, 'wasm').mockImplementation(async () => {
      const loops = await openLoops()
      return 'reason' in loops ? loops : { ...loops, dispose: () => void disposed.push('loops') }
    })
    const { runs, engines } = await finalWhere('webgpu')
    expect([runs[0]!.engine, runs[0]!.steps.length]).toEqual(['wasm', 2])
    expect(engines[0]).toMatchObject({ id: 'webgpu', reason: 'gone' })
    expect(disposed.toSorted()).toEqual(['a GPU', 'loops'])
  })
})
