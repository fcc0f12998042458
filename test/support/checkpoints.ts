import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { engineSources } from '../../src/models/transformer/engines.ts'
import { backcopyNames as tokens } from '../../src/models/tasks/backcopyNames.ts'
import { layoutOf } from '../../src/models/transformer/config.ts'
import { setupOf } from '../../src/panels/sinkTraining/engines.ts'
import { configOf } from '../../src/panels/sinkTraining/modelConfig.ts'
import { settingOf } from '../../src/panels/normalizerSetting.ts'
import { defaults } from '../../src/panels/sinkTraining/experiment.ts'
import { setUp } from '../../src/panels/sinkTraining/task.ts'

/** The default experiment of sink-training with one normalizer, in float64, so that it gives the same weights again. */
const experimentWith = (normalizer: string) => ({
  ...defaults,
  normalizers: [settingOf(normalizer)],
  engine: 'cpu' as const,
})

/**
 * Trains the twins that the attention panel opens with and writes them, with the experiments that made them.
 * @param folder  `public/models`
 */
export async function makeCheckpoints(folder: string): Promise<void> {
  for (const normalizer of ['softmax', 'softpick']) {
    const parameters = await trained(normalizer)
    const experiment = experimentWith(normalizer)
    const { id, params } = experiment.normalizers[0]!
    const { width, heads, layers, length, positions, seeds, steps, engine } = experiment
    const config = {
      model_type: 'softscope-toy',
      width,
      heads,
      layers,
      length,
      positions,
      vocabulary: tokens.length,
      normalizer: { id, params },
      tokens,
    }
    const written = configOf(experiment, experiment.normalizers[0]!)
    const tensors = layoutOf(written).map(({ name, shape, start, size }) => ({
      name,
      shape,
      values: parameters.subarray(start, start + size),
    }))
    const name = `sink-${normalizer}`
    writeFileSync(join(folder, `${name}.safetensors`), safetensors(tensors, { config: JSON.stringify(config) }))
    const made = [
      `# softscope run sink-training; made ${name}.safetensors`,
      `normalizers: [${normalizer}]`,
      `seeds: [${seeds.join(', ')}]`,
      `steps: ${steps}`,
      `engine: ${engine}`,
    ]
    writeFileSync(join(folder, `${name}.yaml`), `${made.join('\n')}\n`)
    console.log(`${name}: ${parameters.length} weights`)
  }
  console.log(
    `A sequence: ${setUp(0, defaults.length)
      .tokens.map((id) => tokens[id])
      .join(' ')}`,
  )
}

async function trained(normalizer: string): Promise<Float32Array> {
  const experiment = experimentWith(normalizer)
  const setup = setUp(experiment.seeds[0]!, experiment.length)
  const engine = await engineSources.cpu()
  if ('reason' in engine) throw new Error(engine.reason)
  const config = configOf(experiment, experiment.normalizers[0]!)
  const model = await engine.openModel(setupOf(experiment, config, setup.weights()))
  const { batch: size, length, steps } = experiment
  const batch = new Int32Array(size * (length + 1))
  for (let step = 0; step < steps; step++) {
    setup.drawBatch(batch)
    for (let from = 0; from < size; from += model.capacity)
      model.learn(batch, size, from, Math.min(model.capacity, size - from))
    model.move()
  }
  return Float32Array.from(await model.parameters())
}

interface Written {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array
}

function safetensors(tensors: readonly Written[], metadata: Readonly<Record<string, string>>): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata }
  let at = 0
  for (const { name, shape, values } of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [at, at + values.byteLength] }
    at += values.byteLength
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  // The numbers start at a multiple of 8 bytes; spaces fill the header up.
  const start = 8 + Math.ceil(text.length / 8) * 8
  const out = new Uint8Array(start + at).fill(0x20, 8, start)
  const view = new DataView(out.buffer)
  view.setBigUint64(0, BigInt(start - 8), true)
  out.set(text, 8)
  let byte = start
  for (const { values } of tensors)
    for (const value of values) {
      view.setFloat32(byte, value, true)
      byte += 4
    }
  return out
}
