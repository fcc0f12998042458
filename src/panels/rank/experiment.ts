import * as v from 'valibot'
import type { Precision } from '../../math/bottleneck/precision.ts'
import { above0, between, oneOf, seed, whole } from '../fields.ts'
import { matrixFields } from '../matrixFields.ts'
import { layers, layerTraits } from './layers.ts'

export const views = ['logits', 'log-probabilities', 'centred', 'probabilities'] as const
export const norms = ['none', 'rms', 'layer', 'layer-shift'] as const
/**
 * `as-stored` is float64 for a made model, and for a brought matrix what its entries tell; `2-decimals` keeps two
 * decimals.
 */
export const precisions = [
  'as-stored',
  'f64',
  'f32',
  'f16',
  'bf16',
  'int8',
  '7-decimals',
  '4-decimals',
  '3-decimals',
  '2-decimals',
  '1-decimals',
] as const

/** `precisions`: outputs in f64, f32, bf16 and to 2 decimals, and weights in int8. `layers`: each output layer. */
export const comparisons = ['nothing', 'precisions', 'layers'] as const

export const schema = v.pipe(
  v.object({
    ...matrixFields,
    /** What the matrix holds; of a matrix that somebody brought, what is made of it. */
    view: v.optional(oneOf('view', views), 'log-probabilities'),
    /** V: tokens. */
    vocabulary: v.optional(whole('vocabulary', 2, 4096), 256),
    /** d: numbers in a hidden state. */
    hidden: v.optional(whole('hidden', 1, 1024), 24),
    /** n: rows of the matrix. */
    prompts: v.optional(whole('prompts', 2, 2048), 96),
    layer: v.optional(oneOf('layer', layers), 'softmax'),
    /** K: parts of a mixture. */
    components: v.optional(whole('components', 2, 16), 2),
    bias: v.optional(v.boolean('bias must be true or false'), false),
    /** Before the output layer. */
    norm: v.optional(oneOf('norm', norms), 'none'),
    temperature: v.optional(above0('temperature'), 1),
    /** c of c · tanh(z / c); null for none. */
    softCap: v.optional(v.nullable(above0('softCap')), null),
    /** Standard deviation of what is added to each output. */
    noise: v.optional(between('noise', 0, 1000), 0),
    /** Of what `rounded` names; of a brought matrix, of its entries. */
    precision: v.optional(oneOf('precision', precisions), 'as-stored'),
    rounded: v.optional(oneOf('rounded', ['weights', 'hidden', 'outputs']), 'outputs'),
    promptMeanRemoved: v.optional(v.boolean('promptMeanRemoved must be true or false'), false),
    seed: v.optional(seed, 1010),
    /** r: how many directions are kept; null is the rank that is found. */
    directions: v.optional(v.nullable(whole('directions', 0, 4096)), null),
    /** Spectra to lay under this one. */
    compare: v.optional(oneOf('compare', comparisons), 'nothing'),
  }),
  v.check(
    ({ file, view, layer }) => file !== null || view !== 'logits' || layerTraits[layer].hasLogits,
    'a mixture of softmaxes and sigsoftmax have no logits: view must be log-probabilities, centred or probabilities',
  ),
  v.check(
    ({ file, view, compare }) => file !== null || view !== 'logits' || compare !== 'layers',
    'not every output layer has logits: to compare them, view must be log-probabilities, centred or probabilities',
  ),
)

export type RankExperiment = v.InferOutput<typeof schema>
export const defaults: RankExperiment = v.parse(schema, {})

export function precisionOf(id: RankExperiment['precision']): Precision {
  const decimals = /^(\d)-/.exec(id)?.[1]
  if (decimals !== undefined) return { decimals: Number(decimals) }
  return (['f32', 'f16', 'bf16', 'int8'] as const).find((each) => each === id) ?? 'f64'
}

export const presets = [
  { label: 'exact outputs: a cliff behind 25', experiment: { ...defaults } },
  { label: 'logits: the cliff is at d', experiment: { ...defaults, view: 'logits' as const } },
  { label: 'outputs to 2 decimals', experiment: { ...defaults, precision: '2-decimals' as const } },
  {
    label: 'weights in 8 bits: nothing moves',
    experiment: { ...defaults, precision: 'int8' as const, rounded: 'weights' as const },
  },
  { label: 'where rounding acts, compared', experiment: { ...defaults, compare: 'precisions' as const } },
  {
    label: 'output layers compared: which break the bound',
    experiment: { ...defaults, compare: 'layers' as const, view: 'centred' as const },
  },
  { label: 'soft-capped logits: no bound', experiment: { ...defaults, view: 'logits' as const, softCap: 3 } },
  { label: 'probabilities: full rank', experiment: { ...defaults, view: 'probabilities' as const } },
]
