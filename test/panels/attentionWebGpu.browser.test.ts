import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import { openGpu } from '../../src/engine/tf.ts'
import { blobSource, bytesSource } from '../../src/models/readers/byteSource.ts'
import type { AttentionExperiment } from '../../src/panels/attention/experiment.ts'
import { attentionPanel } from '../../src/panels/attention/index.ts'
import { compute } from '../../src/panels/attention/compute.ts'
import type { AttentionResult } from '../../src/panels/attention/result.ts'
import type { ComputeContext } from '../../src/panels/contract.ts'
import { openExperiment } from '../../src/panels/openExperiment.ts'
import { worst } from '../models/language/worst.ts'

/** A llama2.c file of two layers, two heads of 4 on one key head and 16 tokens: sines in place of weights. */
function smallModel(): Uint8Array {
  const [dim, hidden, layers, heads, kvHeads, vocabulary, context] = [8, 12, 2, 2, 1, 16, 32] as const
  const kv = (dim / heads) * kvHeads
  const perLayer = 2 * dim + 2 * dim * dim + 2 * kv * dim + 3 * hidden * dim
  const floats = vocabulary * dim + layers * perLayer + dim + (context * dim) / heads
  const bytes = new Uint8Array(28 + 4 * floats)
  new Int32Array(bytes.buffer, 0, 7).set([dim, hidden, layers, heads, kvHeads, vocabulary, context])
  new Float32Array(bytes.buffer, 28).set(Array.from({ length: floats }, (_, i) => Math.sin(1 + 1.7 * i)))
  return bytes
}
const small = bytesSource(smallModel())

type Engine = ReturnType<typeof createEngine>

async function resultOf(fields: object, engine: Engine, progress: ComputeContext['progress'] = () => undefined) {
  const opened = openExperiment(attentionPanel, { ...fields }, attentionPanel.version)
  if ('problems' in opened) throw new Error(opened.problems.join(' '))
  const context: ComputeContext = {
    engine,
    signal: new AbortController().signal,
    progress,
    data: async () => null,
    file: async (name) => {
      if (name === 'small.bin') return { name, source: small }
      return { name, source: blobSource(await (await fetch(`/${name}`)).blob()) }
    },
  }
  let last: AttentionResult | undefined
  for await (const result of compute(opened.experiment as AttentionExperiment, context)) last = result
  return last!
}

describe('the attention panel where the page was told to use WebGPU', () => {
  it('runs its model there and reads what float64 reads; a normalizer without a kernel runs in float64, and why is said', async () => {
    const engine = createEngine()
    const exact = await resultOf({}, engine)
    expect(exact.ran!.id).toBe('cpu')
    engine.choose('webgpu')
    const { ran, arrays, perplexity, kurtosis, alpha0 } = await resultOf({}, engine)
    expect(ran).toMatchObject({ id: 'webgpu', precision: 'float32', why: 'as chosen' })
    // 24 bits through one layer.
    expect(worst(arrays.attention.values, exact.arrays.attention.values)).toBeLessThan(1e-5)
    expect(worst(kurtosis, exact.kurtosis)).toBeLessThan(1e-4)
    expect(worst(alpha0.flat(), exact.alpha0.flat())).toBeLessThan(1e-6)
    expect(perplexity! / exact.perplexity!).toBeCloseTo(1, 5)
    expect((await resultOf({ normalizer: 'gumbel' }, engine)).ran).toMatchObject({
      id: 'cpu',
      why: 'WebGPU, which was chosen, cannot run this: there is no kernel for gumbel',
    })
    expect((await resultOf({ engine: 'cpu' }, engine)).ran!.id).toBe('cpu')
    engine.dispose()
  })

  it('runs a model whose file names no parameter of softmax, with the default, and another in one head', async () => {
    const engine = createEngine()
    const text = { model: 'small.bin', ids: Array.from({ length: 20 }, (_, i) => (7 * i) % 16) }
    for (const heads of [[], [{ layer: 1, head: 0, normalizer: 'softpick' }]]) {
      const exact = await resultOf({ ...text, heads, engine: 'cpu' }, engine)
      const { ran, arrays, perplexity } = await resultOf({ ...text, heads, engine: 'webgpu' }, engine)
      expect(ran).toMatchObject({ id: 'webgpu', why: 'as chosen' })
      expect(worst(arrays.attention.values, exact.arrays.attention.values)).toBeLessThan(1e-4)
      expect(perplexity! / exact.perplexity!).toBeCloseTo(1, 4)
    }
    engine.dispose()
  })

  it('when the device is lost in the middle, runs the text again in float64, and says what happened', async () => {
    const engine = createEngine()
    const held = await openGpu()
    if ('reason' in held) throw new Error(held.reason)
    const { ran, sinkRate } = await resultOf({ engine: 'webgpu' }, engine, (_, doing) => {
      if (doing === 'the next tokens') held.backend.device.destroy()
    })
    expect(ran!.id).toBe('cpu')
    expect(ran!.why).toMatch(/ failed: the device was destroyed$/)
    expect(sinkRate).toBe(1)
    held.dispose()
    engine.dispose()
  })
})
