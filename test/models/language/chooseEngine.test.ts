import { describe, expect, it } from 'vitest'
import type { RungId } from '../../../src/engine/contract.ts'
import { DeviceLostError } from '../../../src/engine/errors.ts'
import { normalizerById } from '../../../src/math/normalizers/index.ts'
import { afterFailure, chooseEngine, multiplications } from '../../../src/models/language/chooseEngine.ts'
import { float64Engine, type LanguageEngine } from '../../../src/models/language/engines.ts'
import { randomGpt2, randomIds } from './randomModels.ts'

const normalizers = [{ entry: normalizerById('softmax')!, params: { T: 1 } }]
const signal = new AbortController().signal
const small = async () => ({ model: await randomGpt2(1), ids: randomIds(20, 70, 2), normalizers, signal })
/** The same, as if it had a billion weights. */
async function large() {
  const task = await small()
  return { ...task, model: { ...task.model, shape: { ...task.model.shape, parameters: 1e9 } } }
}

/** Loops that only wait, some milliseconds each run; an engine without a number cannot be had. */
function taking(times: Partial<Record<RungId, number>>) {
  const source = (id: RungId) => async () => {
    const wait = times[id]
    if (wait === undefined) return Promise.resolve({ reason: 'none' })
    const forward: LanguageEngine['forward'] = async (model, ids, options) => {
      await new Promise((done) => setTimeout(done, wait))
      return float64Engine.forward(model, ids.slice(0, 1), options)
    }
    return Promise.resolve({ ...float64Engine, id, device: `${id} loops`, forward })
  }
  return { webgpu: source('webgpu'), wasm: source('wasm'), cpu: source('cpu') }
}
const noneCanBeHad = taking({})

describe('the engine of a language model, in Node, where there is no WebGPU', () => {
  it('multiplications of GPT-2 124M over 100 tokens: 12.4e9 of its weights, and 184 million of attention (by hand)', async () => {
    const { model } = await small()
    const shape = { ...model.shape, layers: 12, heads: 12, headWidth: 64, parameters: 124e6 }
    expect(multiplications({ ...model, shape }, 100)).toBe(12.4e9 + 2 * 12 * 768 * 10_000)
  })

  it('a short text runs in float64, which keeps its digits; nothing is measured for it', async () => {
    expect(await chooseEngine(await small(), 'auto', noneCanBeHad)).toMatchObject({
      engine: { id: 'cpu', precision: 'float64' },
      why: 'too short a text to time engines on, and float64 keeps most digits',
    })
  })

  it('of two engines that take 5 and 40 ms a layer the first runs the text, and both times are said', async () => {
    const task = await large()
    expect(await chooseEngine(task, 'auto', taking({ wasm: 5, cpu: 40 }))).toMatchObject({
      engine: { id: 'wasm' },
      why: expect.stringMatching(
        /^a layer takes about [\d.]+ ms with wasm loops and [\d.]+ ms with cpu loops; no WebGPU: none$/,
      ) as string,
    })
    expect((await chooseEngine(task, 'auto', taking({ wasm: 40, cpu: 5 }))).engine.id).toBe('cpu')
    expect((await chooseEngine(task, 'auto', taking({ webgpu: 5, wasm: 40, cpu: 60 }))).engine.id).toBe('webgpu')
  })

  it('512 tokens of a model of 260 thousand weights, 0.3e9 multiplications, are long enough to measure', async () => {
    const { model, ...task } = await small()
    const shape = { ...model.shape, layers: 5, heads: 8, headWidth: 8, parameters: 260_000 }
    const long = { ...task, model: { ...model, shape }, ids: randomIds(512, 70, 2) }
    expect((await chooseEngine(long, 'auto', taking({ wasm: 5, cpu: 40 }))).engine.id).toBe('wasm')
  })

  it('a stop while engines are timed gives back the one that is timed and those before it', async () => {
    const stop = new AbortController()
    const task = { ...(await large()), signal: stop.signal }
    const sources = taking({ webgpu: 5, wasm: 5, cpu: 5 })
    const disposed: string[] = []
    const counted =
      (id: RungId, change: Partial<LanguageEngine> = {}) =>
      async () => {
        const opened = await sources[id]()
        return 'reason' in opened ? opened : { ...opened, ...change, dispose: () => void disposed.push(id) }
      }
    const stopping: LanguageEngine['forward'] = (_model, _ids, { signal: given }) => {
      stop.abort()
      return Promise.reject(given!.reason as Error)
    }
    const counting = { ...sources, webgpu: counted('webgpu'), wasm: counted('wasm', { forward: stopping }) }
    await expect(chooseEngine(task, 'auto', counting)).rejects.toThrow('abort')
    expect(disposed.toSorted()).toEqual(['wasm', 'webgpu'])
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
    expect([next.why, disposed]).toEqual(['a GPU failed: gone', 1])
    expect(['wasm', 'cpu']).toContain(next.engine.id)
    await expect(afterFailure(gpu, new Error('no such token'), await large())).rejects.toThrow('no such token')
  })
})
