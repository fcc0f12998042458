import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { normalizerById } from '../../../src/math/normalizers/index.ts'
import { resolveParams } from '../../../src/math/normalizers/params.ts'
import { layoutOf, type TransformerConfig } from '../../../src/models/transformer/config.ts'
import { engineSources, type EngineId, type OpenEngine } from '../../../src/models/transformer/engines.ts'
import type { LiveModel } from '../../../src/models/transformer/live.ts'
import { transformerOptimizerById } from '../../../src/models/transformer/optimizers.ts'
import golden from '../../fixtures/attention/toy_a.json' with { type: 'json' }
import { goldenKinds, goldenNames } from './goldenKinds.ts'

const sequences = golden.x.length
const batch = Int32Array.from(golden.x.flat())

const toy: Omit<TransformerConfig, 'normalizer' | 'params'> = {
  vocabulary: 32,
  length: 32,
  width: 32,
  heads: 1,
  layers: 1,
  hidden: 128,
  positions: 'learned',
}

/** The float32 numbers of an NPY file of version 1. */
async function numbers(url: URL): Promise<Float32Array> {
  const bytes = await (await fetch(url)).arrayBuffer()
  return new Float32Array(bytes.slice(10 + new DataView(bytes).getUint16(8, true)))
}

const weights = numbers(new URL('../../fixtures/attention/toy_a.weights.npy', import.meta.url))

const open: Partial<Record<EngineId, OpenEngine>> = {}
beforeAll(async () => {
  for (const id of ['webgpu', 'cpu'] as const) {
    const engine = await engineSources[id]()
    if ('reason' in engine) throw new Error(engine.reason)
    open[id] = engine
  }
})
afterAll(() => open.webgpu?.dispose())

/** The golden model in training; `sgd` moves by 64 times the gradient, which then can be read off. */
async function trainer(kind: (typeof goldenKinds)[number], optimizer: 'adamw' | 'sgd', engine: EngineId = 'webgpu') {
  const normalizer = normalizerById(kind.id)!
  const config = { ...toy, normalizer, params: resolveParams(kind.id, normalizer.params, kind.params) }
  const last = layoutOf(config).at(-1)!
  const parameters = new Float64Array(last.start + last.size)
  parameters.set(await weights)
  if (last.role === 'learned') parameters.fill(0.43, last.start)
  const settings =
    optimizer === 'sgd'
      ? { learningRate: 64, weightDecay: 0 }
      : { learningRate: golden.adamw.lr, weightDecay: golden.adamw.weight_decay }
  const setup = { config, parameters, optimizer: transformerOptimizerById(optimizer)!, settings, batch: sequences }
  return { config, parameters, model: await open[engine]!.openModel(setup) }
}

function step(model: LiveModel): void {
  for (let from = 0; from < sequences; from += model.capacity)
    model.learn(batch, sequences, from, Math.min(model.capacity, sequences - from))
  model.move()
}

async function lossOf(model: LiveModel): Promise<number> {
  const { losses } = await model.evaluate(batch, 0, sequences)
  return Array.from(losses.subarray(0, sequences * 32)).reduce((sum, value) => sum + value / (sequences * 32), 0)
}

const largestGap = (got: ArrayLike<number>, want: ArrayLike<number>) =>
  Array.from(want).reduce((gap, value, i) => Math.max(gap, Math.abs(got[i]! - value)), 0)

describe.each(goldenKinds)('the golden transformer on WebGPU with $kind', (kind) => {
  const want = golden.kinds[kind.kind]

  it('has the golden loss within 1e-4 and attention maps within 1e-5', async () => {
    const { model } = await trainer(kind, 'sgd')
    expect(Math.abs((await lossOf(model)) - want.loss0)).toBeLessThanOrEqual(1e-4)
    const maps = await numbers(new URL(`../../fixtures/attention/toy_a.${kind.kind}.attn.npy`, import.meta.url))
    const { layers } = await model.evaluate(batch, 0, 2)
    expect(largestGap(layers[0]!.weights, maps)).toBeLessThanOrEqual(1e-5)
    model.dispose()
  })

  it("has each tensor's gradient norm within a share of 1e-3, by one step of SGD", async () => {
    const { model, config, parameters } = await trainer(kind, 'sgd')
    step(model)
    const moved = await model.parameters()
    const norms: Readonly<Record<string, number>> = want.grad_norm
    const off = layoutOf(config).map(({ start, size }, i) => {
      const gradient = Array.from({ length: size }, (_, at) => (parameters[start + at]! - moved[start + at]!) / 64)
      return Math.abs(Math.hypot(...gradient) / norms[goldenNames[i]!]! - 1)
    })
    expect(Math.max(...off)).toBeLessThanOrEqual(1e-3)
    model.dispose()
  })

  it('has the golden loss after 1 and 5 AdamW steps within 1e-3, after 20 within 2e-2', async () => {
    const { model } = await trainer(kind, 'adamw')
    const gaps: number[] = []
    for (let i = 0; i < 20; i++) {
      step(model)
      if (i === 0) gaps.push((await lossOf(model)) - want.loss_after_1)
      if (i === 4) gaps.push((await lossOf(model)) - want.loss_after_5)
    }
    gaps.push((await lossOf(model)) - want.loss_after_20)
    gaps.forEach((gap, i) => expect(Math.abs(gap)).toBeLessThanOrEqual(i < 2 ? 1e-3 : 2e-2))
    model.dispose()
  })
})
