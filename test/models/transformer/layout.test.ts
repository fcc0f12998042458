import { describe, expect, it } from 'vitest'
import { normalizerById } from '../../../src/math/normalizers/index.ts'
import { resolveParams } from '../../../src/math/normalizers/params.ts'
import { rng } from '../../../src/math/random/rng.ts'
import { layoutOf, type TransformerConfig } from '../../../src/models/transformer/config.ts'
import { openFloat64 } from '../../../src/models/transformer/float64/openFloat64.ts'
import { firstParameters, initialisationById, initialisations } from '../../../src/models/transformer/initialise.ts'
import { openTransformer } from '../../../src/models/transformer/Transformer.ts'
import { openWasm } from '../../../src/models/transformer/wasm/openWasm.ts'

const toy = { vocabulary: 32, length: 32, width: 32, heads: 1, layers: 1, hidden: 0, positions: 'learned' } as const

function config(change: Partial<TransformerConfig> = {}, id = 'softmax'): TransformerConfig {
  const normalizer = normalizerById(id)!
  return { ...toy, normalizer, params: resolveParams(id, normalizer.params, {}), ...change }
}

async function open(change: Partial<TransformerConfig> = {}, id = 'softmax') {
  const model = await openTransformer(config(change, id), openFloat64, 1)
  if ('reason' in model) throw new Error(model.reason)
  return model
}

const count = (change: Partial<TransformerConfig>) => layoutOf(config(change)).reduce((sum, { size }) => sum + size, 0)

describe('the layout', () => {
  it('has 7,296 parameters for attention alone and 15,552 with an MLP (counted by hand)', () => {
    expect(count({})).toBe(7296)
    expect(count({ hidden: 128 })).toBe(15_552)
  })

  it('has 107,136 for two layers of 64 with 4 heads, ffn 256, context 64, rotary: no positions to learn', () => {
    const big = { vocabulary: 64, length: 64, width: 64, heads: 4, layers: 2, hidden: 256 }
    // Embedding and output 2·64·64, two blocks of 4·64² + 2·64·256, five norms of 2·64.
    expect(count({ ...big, positions: 'rotary' })).toBe(2 * 64 * 64 + 2 * (4 * 64 * 64 + 2 * 64 * 256) + 5 * 128)
    expect(count({ ...big, positions: 'learned' }) - count({ ...big, positions: 'rotary' })).toBe(64 * 64)
  })

  it('refuses what does not fit, by name', async () => {
    await expect(open({ heads: 3 })).rejects.toThrow('3 heads do not divide a width of 32')
    await expect(open({ width: 30 })).rejects.toThrow('width is 30; it must be a multiple of 4')
    await expect(open({ width: 4, heads: 4, positions: 'rotary' })).rejects.toThrow('width 1 cannot be rotated')
    await expect(open({ layers: 0 })).rejects.toThrow('layers is 0; it must be a whole number from 1 on')
    await expect(open({ hidden: -4 })).rejects.toThrow('hidden is -4; it must be a whole number from 0 on')
  })
})

describe('firstParameters', () => {
  it('gives softmax and ssmax of one seed the same numbers, and what is learned its start', async () => {
    const [a, b] = [await open(), await open({}, 'ssmax')]
    for (const model of [a, b])
      model.shared.parameters.set(firstParameters(model.config, initialisationById('small')!, rng(3)))
    expect(b.shared.parameters.subarray(0, 7296)).toEqual(a.shared.parameters.subarray(0, 7296))
    expect(b.shared.parameters[7296]).toBe(0.43)
  })

  it('small has the deviation 0.02 in every matrix, but 0.01 where the MLP narrows, within 5 %', async () => {
    const model = await open({ hidden: 128 })
    model.shared.parameters.set(firstParameters(model.config, initialisationById('small')!, rng(1)))
    for (const { role, start, size } of model.tensors) {
      const values = model.shared.parameters.subarray(start, start + size)
      const deviation = Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0) / size)
      // A deviation of 1,024 numbers is known to 2.2 %.
      const want = { embedding: 0.02, matrix: 0.02, narrowing: 0.01, gain: 1, bias: 0, learned: NaN }[role]
      expect(Math.abs(deviation - want)).toBeLessThanOrEqual(0.05 * want)
    }
  })

  it('leaves a model that is not trained at the uniform loss, ln 32, if it is small', async () => {
    const model = await open()
    model.shared.parameters.set(firstParameters(model.config, initialisationById('small')!, rng(1)))
    model.load(
      Int32Array.from({ length: 33 }, (_, i) => i % 32),
      0,
      1,
    )
    model.forward(1)
    model.loss(1, 1)
    const mean = Array.from(model.shared.losses).reduce((sum, value) => sum + value / 32, 0)
    expect(Math.abs(mean - Math.log(32))).toBeLessThanOrEqual(0.03)
  })

  it('has three schemes that differ in their embeddings by a factor of five or more', async () => {
    const sizes = await Promise.all(
      initialisations.map(async (scheme) => {
        const model = await open()
        model.shared.parameters.set(firstParameters(model.config, scheme, rng(1)))
        return Math.hypot(...model.shared.parameters.subarray(0, 1024)) / 32
      }),
    )
    expect(sizes[1]! / sizes[0]!).toBeGreaterThanOrEqual(4.5)
    expect(sizes[2]! / sizes[1]!).toBeGreaterThanOrEqual(9)
  })
})

describe('engines', () => {
  it('start from the same parameters, to the last bit of float32', async () => {
    const [exact, fast] = [await open({ hidden: 128 }), await openTransformer(config({ hidden: 128 }), openWasm, 1)]
    if ('reason' in fast) throw new Error(fast.reason)
    for (const model of [exact, fast])
      model.shared.parameters.set(firstParameters(model.config, initialisationById('torch')!, rng(3)))
    expect(fast.shared.parameters).toEqual(Float32Array.from(exact.shared.parameters))
  })
})
