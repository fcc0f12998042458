import { describe, expect, it } from 'vitest'
import { openFloat64 } from '../../src/models/transformer/float64/openFloat64.ts'
import { openTransformer } from '../../src/models/transformer/Transformer.ts'
import type { TransformerConfig } from '../../src/models/transformer/config.ts'
import { worst } from '../models/language/models.ts'
import { toyConfig, toyFile } from '../models/language/toyWeights.ts'
import { brought, resultOf as panelResultOf } from './attention.ts'

const ids = [0, 3, 1, 7, 4, 2]

const resultOf = (bytes: Uint8Array, fields: object = {}) => {
  brought.set('toy.safetensors', bytes)
  return panelResultOf({ model: 'toy.safetensors', ids, ...fields })
}

/** What the trainer's own forward pass makes of the same tokens: maps [layers, heads, T, T]. */
async function trainersMaps(config: TransformerConfig, parameters: Float64Array): Promise<number[]> {
  const model = await openTransformer(config, openFloat64, 1)
  if ('reason' in model) throw new Error(model.reason)
  model.shared.parameters.set(parameters)
  model.load(Int32Array.of(...ids, 0), 0, 1)
  model.forward(1)
  const { T, heads, step } = model.shape
  return model.layers.flatMap(({ weights }) =>
    Array.from({ length: heads * T * T }, (_, i) => {
      const [row, key] = [Math.floor(i / T), i % T]
      return key <= row % T ? weights[row * step + key]! : 0
    }),
  )
}

describe('a model with a weight that is no number', () => {
  const config = toyConfig('softmax')
  const spoiled = (name: string, value = NaN) => {
    const { bytes } = toyFile(config, [], { [name]: value })
    return resultOf(bytes)
  }

  it('is refused with the layer that it is in, in place of a result of NaN', async () => {
    await expect(spoiled('blocks.1.query')).rejects.toThrow(
      /^toy\.safetensors: layer 2 of 2 gives NaN at token 1, dimension 1: a weight there is no finite number/,
    )
    await expect(spoiled('blocks.0.attended', Infinity)).rejects.toThrow(/layer 1 of 2 gives (NaN|-?Infinity)/)
    await expect(spoiled('embedding')).rejects.toThrow('the embeddings give NaN at token 1, dimension 1')
    await expect(spoiled('norm.gain')).rejects.toThrow('the output gives NaN after 2 layers')
    await expect(spoiled('output')).rejects.toThrow('the output gives NaN after 2 layers')
  })
})

describe('a toy whose heads have learned something', () => {
  it.each([
    ['sink', {}, [2, -1, 0.5, 3]],
    ['ssmax', { b: 0.25 }, [0.125, 1.5, 0.75, 1]],
  ] as const)('%s: each head runs at its own value, as the trainer runs it', async (id, params, learned) => {
    const config = toyConfig(id, params)
    const { bytes, parameters } = toyFile(config, learned)
    const result = await resultOf(bytes)
    // The same sums in float64, in another order.
    expect(worst(result.arrays.attention.values, await trainersMaps(config, parameters))).toBeLessThan(1e-12)
    expect(result.asTrained).toBeNull()
    // At the registry's value instead the maps are others, and that is a change.
    const plain = await resultOf(bytes, { normalizer: { id, params } })
    expect(worst(plain.arrays.attention.values, result.arrays.attention.values)).toBeGreaterThan(0.01)
    expect(plain.asTrained!.perplexity).toBe(result.perplexity)
  })

  it('a value that is no number is refused with its tensor and head', async () => {
    const { bytes } = toyFile(toyConfig('sink'), [0, 0, 0, NaN])
    await expect(resultOf(bytes)).rejects.toThrow(
      'tensor "blocks.1.learned" has NaN for head 1; it must be a finite number.',
    )
  })
})
