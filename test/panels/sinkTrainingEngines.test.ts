import { describe, expect, it } from 'vitest'
import type { RungId } from '../../src/engine/contract.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { resultsOf } from './sinkTraining.ts'

const small = { length: 8, width: 8, batch: 8, steps: 1, seeds: [1], normalizers: ['softmax'] }

async function finalWhere(page: RungId, experiment: object = {}) {
  const engine = createEngine()
  engine.choose(page)
  return (await resultsOf({ ...small, ...experiment }, { engine })).at(-1)!
}

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
