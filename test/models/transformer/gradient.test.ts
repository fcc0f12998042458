import { describe, expect, it } from 'vitest'
import { normalizerById, normalizers } from '../../../src/math/normalizers/index.ts'
import { resolveParams } from '../../../src/math/normalizers/params.ts'
import { rng } from '../../../src/math/random/rng.ts'
import type { TransformerConfig } from '../../../src/models/transformer/config.ts'
import { openFloat64 } from '../../../src/models/transformer/float64/openFloat64.ts'
import { firstParameters, initialisationById } from '../../../src/models/transformer/initialise.ts'
import { openTransformer, type Transformer } from '../../../src/models/transformer/Transformer.ts'

const sequences = 2
const small = { vocabulary: 8, length: 5, width: 8, heads: 2, layers: 2, hidden: 12, positions: 'learned' } as const

async function open(change: Partial<TransformerConfig>, id = 'softmax') {
  const normalizer = normalizerById(id)!
  const params = resolveParams(id, normalizer.params, {})
  const model = await openTransformer({ ...small, normalizer, params, ...change }, openFloat64, sequences)
  if ('reason' in model) throw new Error(model.reason)
  const draw = rng(7)
  // Embeddings of deviation 1 keep layer norm away from its ε and most ReLUs away from their kink.
  model.shared.parameters.set(firstParameters(model.config, initialisationById('torch')!, draw))
  const batch = Int32Array.from({ length: sequences * (small.length + 1) }, () => Math.floor(8 * draw()))
  model.load(batch, 0, sequences)
  return model
}

const scale = 1 / (sequences * small.length)

function lossOf(model: Transformer): number {
  model.forward(sequences)
  model.loss(sequences, scale)
  return Array.from(model.shared.losses).reduce((sum, value) => sum + value * scale, 0)
}

/** The largest gap of the gradient to central differences, over that tensor's largest entry, by tensor name. */
function gaps(model: Transformer): Record<string, number> {
  const { parameters, gradient } = model.shared
  lossOf(model)
  gradient.fill(0)
  model.backward(sequences)
  const h = 1e-5
  return Object.fromEntries(
    model.tensors.map(({ name, start, size }) => {
      let [gap, largest] = [0, 1e-3]
      for (let i = start; i < start + size; i++) {
        const kept = parameters[i]!
        parameters[i] = kept + h
        const above = lossOf(model)
        parameters[i] = kept - h
        const slope = (above - lossOf(model)) / (2 * h)
        parameters[i] = kept
        gap = Math.max(gap, Math.abs(slope - gradient[i]!))
        largest = Math.max(largest, Math.abs(gradient[i]!))
      }
      return [name, gap / largest]
    }),
  )
}

/** h² times a third derivative, and rounding of the loss over h: both near 1e-10 on this scale. */
const tolerance = 2e-6
const worst = (found: Record<string, number>) => Object.entries(found).filter(([, gap]) => !(gap <= tolerance))

describe('the gradient in float64, against central differences of every parameter', () => {
  it.each([
    ['learned positions, two heads, two layers, an MLP', {}],
    ['rotary positions', { positions: 'rotary' }],
    ['attention only, one head, one layer', { hidden: 0, heads: 1, layers: 1 }],
    ['four heads of width 2, rotary, three layers', { heads: 4, layers: 3, positions: 'rotary' }],
  ] as const)('agrees within 2e-6 with %s', async (_, change) => {
    expect(worst(gaps(await open(change)))).toEqual([])
  })

  it.each(['softmax-n', 'ssmax', 'sink', 'sigmoid', 'entmax', 'softplus', 'taylor', 'spherical'])(
    'agrees within 2e-6 with %s in the rows, what its heads learn included',
    async (id) => {
      expect(worst(gaps(await open({ layers: 1, hidden: 0 }, id)))).toEqual([])
    },
  )

  it('has an entry for what each head of ssmax and sink learns, and for no other normalizer', async () => {
    for (const { id } of normalizers) {
      const { tensors } = await open({ layers: 1 }, id)
      const learned = tensors.filter(({ role }) => role === 'learned').map(({ shape }) => shape)
      expect(learned).toEqual(id === 'ssmax' || id === 'sink' ? [[2]] : [])
    }
  })
})
