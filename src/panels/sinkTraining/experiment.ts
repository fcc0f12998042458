import * as v from 'valibot'
import { initialisations } from '../../models/transformer/initialise.ts'
import { transformerOptimizers } from '../../models/transformer/optimizers.ts'
import { above0, between, idsOf, oneOf, seed, whole } from '../fields.ts'
import { normalizerSetting } from '../normalizerSetting.ts'

/** A run keeps at most this many records. */
const mostRecords = 1000

const fields = v.object({
  normalizers: v.optional(
    v.pipe(
      v.array(normalizerSetting, 'normalizers must be a list'),
      v.minLength(1, 'normalizers needs at least one'),
      v.maxLength(8, 'at most 8 normalizers'),
    ),
    () => ['softmax', 'softpick'],
  ),
  /** Of the task, the first weights and the data: a run of the same seed differs in its normalizer alone. */
  seeds: v.optional(
    v.pipe(
      v.array(seed, 'seeds must be a list of whole numbers'),
      v.minLength(1, 'seeds needs at least one'),
      v.maxLength(20, 'at most 20 seeds'),
      v.check((seeds) => new Set(seeds).size === seeds.length, 'seeds must differ; the same seed gives the same run'),
    ),
    () => [0],
  ),
  steps: v.optional(whole('steps', 1, 20_000), 300),
  /** Steps from one record to the next; the first and the last state are recorded too. */
  recordEvery: v.optional(whole('recordEvery', 1, 1000), 10),
  initialisation: v.optional(oneOf('initialisation', idsOf(initialisations)), 'small'),
  width: v.optional(whole('width', 4, 256), 32),
  layers: v.optional(whole('layers', 1, 6), 1),
  heads: v.optional(whole('heads', 1, 16), 1),
  /** Whether each block has an MLP, four times as wide. */
  mlp: v.optional(v.boolean('mlp must be true or false'), false),
  positions: v.optional(v.picklist(['learned', 'rotary'], 'positions must be learned or rotary'), 'learned'),
  optimizer: v.optional(oneOf('optimizer', idsOf(transformerOptimizers)), 'adamw'),
  learningRate: v.optional(above0('learningRate'), 0.01),
  weightDecay: v.optional(between('weightDecay', 0, 1), 1e-4),
  /** T: tokens that a sequence gives to read. */
  length: v.optional(whole('length', 4, 128), 32),
  /** Fresh sequences a step. */
  batch: v.optional(whole('batch', 1, 512), 64),
  /** A head is a sink on a sequence where its attention to the first token, α₀, is above this. */
  epsilon: v.optional(between('epsilon', 0, 1), 0.3),
  /** `wasm` and `webgpu` compute in float32, `cpu` in float64; `auto` takes the fastest. */
  engine: v.optional(v.picklist(['auto', 'wasm', 'cpu', 'webgpu'], 'engine must be auto, wasm, cpu or webgpu'), 'auto'),
  /** The recorded step that is looked at; null is the newest. */
  step: v.optional(v.nullable(between('step', 0, 20_000)), null),
})

export const schema = v.pipe(
  fields,
  v.forward(
    v.check(({ width }) => width % 4 === 0, 'width must be a multiple of 4'),
    ['width'],
  ),
  v.forward(
    v.check(
      ({ width, heads }) => width % heads === 0,
      ({ input }) => `${input.heads} heads do not divide a width of ${input.width}`,
    ),
    ['heads'],
  ),
  v.forward(
    v.check(
      ({ width, heads, positions }) => positions === 'learned' || (width / heads) % 2 === 0,
      ({ input }) => `rotary positions need heads of an even width; they have ${input.width / input.heads}`,
    ),
    ['positions'],
  ),
  v.forward(
    v.check(
      ({ steps, recordEvery }) => steps / recordEvery <= mostRecords,
      ({ input }) =>
        `at most ${mostRecords} records fit; ${input.steps} steps need a recordEvery of ${Math.ceil(input.steps / mostRecords)} or more`,
    ),
    ['recordEvery'],
  ),
)

export type SinkTrainingExperiment = v.InferOutput<typeof schema>

export const defaults: SinkTrainingExperiment = v.parse(schema, {})
