import { readFileSync } from 'node:fs'
import { normalizerById } from '../../../src/math/normalizers/index.ts'
import { resolveParams } from '../../../src/math/normalizers/params.ts'
import { transformerOptimizerById } from '../../../src/models/transformer/optimizers.ts'
import type { OpenLoops } from '../../../src/models/transformer/loops.ts'
import { trainStep, Trainer } from '../../../src/models/transformer/Trainer.ts'
import { openTransformer, type Transformer } from '../../../src/models/transformer/Transformer.ts'

interface GoldenKind {
  readonly loss0: number
  readonly loss_after_1: number
  readonly loss_after_5: number
  readonly loss_after_20: number
  readonly grad_norm: Readonly<Record<string, number>>
}

interface GoldenToy {
  readonly tensors: readonly (readonly [name: string, shape: readonly number[]])[]
  readonly x: readonly (readonly number[])[]
  readonly adamw: { readonly lr: number; readonly weight_decay: number }
  readonly kinds: Readonly<Record<string, GoldenKind>>
}

const file = (name: string) => readFileSync(new URL(`../../fixtures/attention/toy_a.${name}`, import.meta.url))

/** The float32 numbers of an NPY file of version 1, whatever their shape. */
function numbers(name: string): Float32Array {
  const bytes = file(name)
  return new Float32Array(Uint8Array.from(bytes.subarray(10 + bytes.readUInt16LE(8))).buffer)
}

export const golden = JSON.parse(file('json').toString()) as GoldenToy

/** What the golden file's names are in the registry; epsilon and the learned strength as its maker set them. */
export const goldenKinds = [
  { kind: 'softmax', id: 'softmax', params: {} },
  { kind: 'softmax1', id: 'softmax-n', params: { n: 1 } },
  { kind: 'softpick', id: 'softpick', params: { eps: 1e-6 } },
  { kind: 'sigmoid', id: 'sigmoid', params: {} },
  { kind: 'relu', id: 'relu-n', params: {} },
  { kind: 'sparsemax', id: 'sparsemax', params: {} },
  { kind: 'entmax15', id: 'entmax', params: { alpha: 1.5 } },
  { kind: 'ssmax', id: 'ssmax', params: { s: 0.43 } },
]

const sequences = golden.x.length

/** The golden model with this normalizer, its weights set, batches in parts of `capacity` sequences. */
export async function openGolden(
  { id, params }: (typeof goldenKinds)[number],
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

/** The golden names of the tensors, in the order of the layout. */
export const goldenNames = [...golden.tensors.map(([name]) => name), 'blk.0.sc']

/** Euclidean norm of each tensor's gradient. */
export const gradientNorms = ({ tensors, shared }: Transformer): number[] =>
  tensors.map(({ start, size }) => Math.hypot(...shared.gradient.subarray(start, start + size)))

/** The golden maps of the first two sequences, shape [2, 32, 32]. */
export const goldenMaps = (kind: string): Float32Array => numbers(`${kind}.attn.npy`)
