import { describe, expect, it } from 'vitest'
import { normalizers } from '../../src/math/normalizers/index.ts'
import { engineSources } from '../../src/models/transformer/engines.ts'
import { setupOf } from '../../src/panels/sinkTraining/engines.ts'
import { configOf } from '../../src/panels/sinkTraining/modelConfig.ts'
import { settingOf } from '../../src/panels/normalizerSetting.ts'
import { defaults } from '../../src/panels/sinkTraining/experiment.ts'
import { setUp } from '../../src/panels/sinkTraining/task.ts'
import { finalOf } from './sinkTraining.ts'

const small = { length: 8, width: 8, batch: 8, steps: 8, recordEvery: 4 }

async function openGpu() {
  const engine = await engineSources.webgpu()
  if ('reason' in engine) throw new Error(engine.reason)
  return engine
}

describe('sink-training on WebGPU', () => {
  it('reads what the WASM loops read after 8 steps, in the same page: losses within 1e-4, attention within 1e-3', async () => {
    const shape = { heads: 2, layers: 2, mlp: true, positions: 'rotary', normalizers: ['softmax', 'softpick', 'sink'] }
    const [gpu, wasm] = [
      await finalOf({ ...small, ...shape, engine: 'webgpu' }),
      await finalOf({ ...small, ...shape, engine: 'wasm' }),
    ]
    gpu.runs.forEach(({ engine, steps }, i) => {
      expect(engine).toBe('webgpu')
      const [got, want] = [steps.at(-1)!, wasm.runs[i]!.steps.at(-1)!]
      for (const name of ['loss', 'bayes', 'triggerLoss', 'dormantExcess'] as const)
        expect(Math.abs(got[name] - want[name])).toBeLessThanOrEqual(1e-4)
      for (const name of ['alpha0', 'bosAttention', 'triggerPrevious', 'rowMass', 'valueRatio'] as const)
        expect(Math.abs(got[name] - want[name])).toBeLessThanOrEqual(1e-3)
      expect(gpu.runs[i]!.maps).toHaveLength(3)
    })
  })

  it('refuses a normalizer without a kernel, by name, before anything is trained', async () => {
    const engine = await openGpu()
    const config = (id: string) => configOf(defaults, settingOf(id))
    const refused = normalizers.filter(({ id }) => engine.refuses(config(id)) !== null).map(({ id }) => id)
    engine.dispose()
    expect(refused).toContain('gumbel')
    expect(refused).not.toContain('relu-n')
    await expect(finalOf({ ...small, engine: 'webgpu', normalizers: ['gumbel'] })).rejects.toThrow(
      'webgpu cannot run this: there is no kernel for gumbel',
    )
  })

  it('does not take an emulated GPU by itself, nor any for a small model, and says why', async () => {
    const { runs, engines } = await finalOf({ ...small, steps: 1 })
    expect(runs[0]!.engine).not.toBe('webgpu')
    expect(engines.find(({ id }) => id === 'webgpu')!.reason).toContain('over before a GPU has begun')
  })

  it('holds as many buffers after 12 steps as after 6, and none of a model that is disposed of', async () => {
    const engine = await openGpu()
    const experiment = { ...defaults, ...small }
    const setup = setUp(0, small.length)
    const config = configOf(experiment, settingOf('ssmax'))
    const model = await engine.openModel(setupOf(experiment, config, setup.weights()))
    const batch = new Int32Array(small.batch * (small.length + 1))
    const held: number[] = []
    for (let step = 1; step <= 12; step++) {
      setup.drawBatch(batch)
      model.learn(batch, small.batch, 0, small.batch)
      model.move()
      await model.evaluate(batch, 0, small.batch)
      await model.settled()
      if (step % 6 === 0) held.push(engine.buffers())
    }
    expect(held[1]).toBe(held[0])
    model.dispose()
    engine.dispose()
    expect(engine.buffers()).toBeLessThan(held[0]!)
  })
})
