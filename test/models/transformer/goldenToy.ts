import { readFileSync } from 'node:fs'
import { normalizerById } from '../../../src/math/normalizers/index.ts'
import { resolveParams } from '../../../src/math/normalizers/params.ts'
import { transformerOptimizerById } from '../../../src/models/transformer/optimizers.ts'
import type { OpenLoops } from '../../../src/models/transformer/loops.ts'
import { trainStep, Trainer } from '../../../src/models/transformer/Trainer.ts'
import { openTransformer, type Transformer } from '../../../src/models/transformer/Transformer.ts'
import golden from '../../fixtures/attention/toy_a.json' with { type: 'json' }
import type { GoldenSetting } from './goldenKinds.ts'

const file = (name: string) => readFileSync(new URL(`../../fixtures/attention/toy_a.${name}`, import.meta.url))

/** The float32 numbers of an NPY file of version 1, whatever their shape. */
function numbers(name: string): Float32Array {
  const bytes = file(name)
  return new Float32Array(Uint8Array.from(bytes.subarray(10 + bytes.readUInt16LE(8))).buffer)
}

const sequences = golden.x.length

/** The golden model with this normalizer, its weights set, batches in parts of `capacity` sequences. */
export async function openGolden(
  { id, params }: GoldenSetting,
  open: OpenLoops,
  capacity = sequences,
): Promise<Trainer> {
  const normalizer = normalizerById(id)!
  const model = await openTransformer(
    {
      vocabulary: 32,
      length: 32,
      width: 32,
      heads: 1,
      layers: 1,
      hidden: 128,
      positions: 'learned',
      normalizer,
      params: resolveParams(id, normalizer.params, params),
    },
    open,
    capacity,
  )
  if ('reason' in model) throw new Error(model.reason)
  model.shared.parameters.set(numbers('weights.npy'))
  for (const { role, start } of model.tensors) if (role === 'learned') model.shared.parameters[start] = 0.43
  return new Trainer(model, transformerOptimizerById('adamw')!, {
    learningRate: golden.adamw.lr,
    weightDecay: golden.adamw.weight_decay,
  })
}

const batch = Int32Array.from(golden.x.flat())

/** One step on the golden batch. @returns the loss before it */
export const goldenStep = (trainer: Trainer): number => trainStep(trainer, batch, sequences)

/** Loss and gradient of the golden batch, without a step. */
export function goldenGradient({ model }: Trainer): number {
  model.shared.gradient.fill(0)
  model.load(batch, 0, sequences)
  model.forward(sequences)
  model.loss(sequences, 1 / (sequences * 32))
  model.backward(sequences)
  return Array.from(model.shared.losses).reduce((sum, value) => sum + value / (sequences * 32), 0)
}

/** Euclidean norm of each tensor's gradient. */
export const gradientNorms = ({ tensors, shared }: Transformer): number[] =>
  tensors.map(({ start, size }) => Math.hypot(...shared.gradient.subarray(start, start + size)))

/** The golden maps of the first two sequences, shape [2, 32, 32]. */
export const goldenMaps = (kind: string): Float32Array => numbers(`${kind}.attn.npy`)
