import { describe, expect, it } from 'vitest'
import { DeviceLostError } from '../../../src/engine/errors.ts'
import { normalizerById } from '../../../src/math/normalizers/index.ts'
import { afterFailure, chooseEngine, multiplications } from '../../../src/models/language/chooseEngine.ts'
import { float64Engine } from '../../../src/models/language/engines.ts'
import { randomGpt2, randomIds } from './randomModels.ts'

const normalizers = [{ entry: normalizerById('softmax')!, params: { T: 1 } }]
const signal = new AbortController().signal
const small = async () => ({ model: await randomGpt2(1), ids: randomIds(20, 70, 2), normalizers, signal })
/** The same, as if it had a billion weights. */
async function large() {
  const task = await small()
  return { ...task, model: { ...task.model, shape: { ...task.model.shape, parameters: 1e9 } } }
}

describe('the engine of a language model, in Node, where there is no WebGPU', () => {
  it('multiplications of GPT-2 124M over 100 tokens: 12.4e9 of its weights, and 184 million of attention (by hand)', async () => {
    const { model } = await small()
    const shape = { ...model.shape, layers: 12, heads: 12, headWidth: 64, parameters: 124e6 }
    expect(multiplications({ ...model, shape }, 100)).toBe(12.4e9 + 2 * 12 * 768 * 10_000)
  })

  it('a short text runs in float64, a long one in WebAssembly, and why is said', async () => {
    expect(await chooseEngine(await small(), 'auto')).toMatchObject({
      engine: { id: 'cpu', precision: 'float64' },
      why: 'it is over before anything faster has begun',
    })
    expect(await chooseEngine(await large(), 'auto')).toMatchObject({
      engine: { id: 'wasm', precision: 'float32' },
      why: 'no WebGPU: there is no WebGPU here',
    })
  })

  it('a choice is followed; where it cannot be, loops run and the reason is said', async () => {
    expect((await chooseEngine(await large(), 'cpu')).engine.id).toBe('cpu')
    expect((await chooseEngine(await small(), 'wasm')).engine.id).toBe('wasm')
    expect(await chooseEngine(await small(), 'webgpu')).toMatchObject({
      engine: { id: 'cpu' },
      why: 'WebGPU, which was chosen, cannot run this: there is no WebGPU here',
    })
  })

  it('a device that is lost hands its text to loops; a mistake of the text is nobody else’s to mend', async () => {
    let disposed = 0
    const gpu = { ...float64Engine, id: 'webgpu', device: 'a GPU', dispose: () => void disposed++ } as const
    const next = await afterFailure(gpu, new DeviceLostError('gone'), await large())
    expect([next.engine.id, next.why, disposed]).toEqual(['wasm', 'a GPU failed: gone', 1])
    await expect(afterFailure(gpu, new Error('no such token'), await large())).rejects.toThrow('no such token')
  })
})
