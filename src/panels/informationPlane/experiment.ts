import * as v from 'valibot'
import type { Estimator } from '../../math/estimators/contract.ts'
import { estimatorById, estimators } from '../../math/estimators/index.ts'
import { needInterval, resolveEstimatorParams, type EstimatorValues } from '../../math/estimators/params.ts'
import { activations } from '../../models/mlp/activations.ts'
import { optimizers } from '../../models/mlp/optimizers.ts'
import { above0, between, idsOf, oneOf, seed, whole } from '../fields.ts'

/** Estimators that can read a layer against its labels. */
export const layerEstimators = estimators.filter(({ accepts }) => accepts.includes('activations'))

export const tasks = ['published', 'permuted', 'stochastic', 'random-points', 'shapes', 'data'] as const

/** One estimator at work. */
export interface EstimatorSetting {
  readonly id: string
  /** Every parameter, checked. */
  readonly params: EstimatorValues
}

/** An estimator with its parameters, checked each and together. @throws DomainError that says what would be right */
export function settingOf(
  { id, params: specs }: Estimator,
  given: Readonly<Record<string, unknown>>,
): EstimatorSetting {
  const params = resolveEstimatorParams(id, specs, given)
  const { lo, hi } = params
  if (typeof lo === 'number' && typeof hi === 'number') needInterval(id, lo, hi)
  return { id, params }
}

const estimatorSetting = v.pipe(
  v.union(
    [
      v.pipe(
        v.string(),
        v.transform((id) => ({ id, params: {} })),
      ),
      v.object({ id: v.string('id must be a text'), params: v.optional(v.record(v.string(), v.unknown()), {}) }),
    ],
    'each estimator is an id, such as bin-fixed, or a mapping with id and params',
  ),
  v.rawTransform(({ dataset, addIssue, NEVER }): EstimatorSetting => {
    const { id, params } = dataset.value
    const entry = estimatorById(id)
    if (!entry || !layerEstimators.includes(entry)) {
      addIssue({
        message: `there is no estimator ${JSON.stringify(id)} of a layer; there are ${layerEstimators.map((each) => each.id).join(', ')}`,
      })
      return NEVER
    }
    try {
      return settingOf(entry, params)
    } catch (error) {
      addIssue({ message: error instanceof Error ? error.message : String(error) })
      return NEVER
    }
  }),
)

/** Estimators by id, at their defaults. */
export const settingsOf = (...ids: readonly string[]): EstimatorSetting[] =>
  ids.map((id) => v.parse(estimatorSetting, id))

const data = v.strictObject(
  { key: v.string('key must be a text'), name: v.string('name must be a text') },
  'data must be a mapping with key and name',
)

export const schema = v.object({
  /** What is learned: a variant of the 12-bit task, small pictures of shapes, or own data. */
  task: v.optional(oneOf('task', tasks), 'published'),
  /** A table whose last column is the label; for the task `data`. */
  data: v.optional(v.nullable(data), null),
  activation: v.optional(oneOf('activation', idsOf(activations)), 'tanh'),
  /** Hidden layers; the whole network, inputs and classes included, is accepted and cut when the task is known. */
  widths: v.optional(
    v.pipe(
      v.array(whole('a width', 1, 256), 'widths must be a list of whole numbers'),
      v.minLength(1, 'widths needs at least one hidden layer'),
      v.maxLength(12, 'at most 12 layers'),
    ),
    () => [10, 7, 5, 4, 3],
  ),
  optimizer: v.optional(oneOf('optimizer', idsOf(optimizers)), 'sgd'),
  learningRate: v.optional(above0('learningRate'), 0.1),
  /** Samples a step; 0 is all of them. */
  batch: v.optional(whole('batch', 0, 1_000_000), 32),
  epochs: v.optional(whole('epochs', 1, 20_000), 400),
  l2: v.optional(between('l2', 0, 1), 0),
  /** Deviation of Gaussian noise on each hidden activation while it learns and when it is read. */
  noise: v.optional(between('noise', 0, 10), 0),
  /** Scale of the first weights; 1 is 1/√fan-in, 1.414 is He et al.'s. */
  gain: v.optional(above0('gain'), 1),
  trainShare: v.optional(between('trainShare', 0.05, 1), 0.85),
  seeds: v.optional(
    v.pipe(
      v.array(seed, 'seeds must be a list of whole numbers'),
      v.minLength(1, 'seeds needs at least one'),
      v.maxLength(20, 'at most 20 seeds'),
      v.check((list) => new Set(list).size === list.length, 'seeds names one of them twice'),
    ),
    () => [0],
  ),
  estimators: v.optional(
    v.pipe(
      v.array(estimatorSetting, 'estimators must be a list'),
      v.minLength(1, 'estimators needs at least one'),
      v.maxLength(8, 'at most 8 estimators'),
      v.check(
        (list) => new Set(list.map(({ id }) => id)).size === list.length,
        'estimators names one of them twice; each reads the layers once',
      ),
    ),
    () => ['bin-fixed'],
  ),
  /** The epoch that is looked at; null is the newest. */
  epoch: v.optional(v.nullable(whole('epoch', 0, 20_000)), null),
  /** The hidden layer that is looked at, from 1; null is the last. */
  layer: v.optional(v.nullable(whole('layer', 1, 12)), null),
})

export type InformationPlaneExperiment = v.InferOutput<typeof schema>

export const defaults: InformationPlaneExperiment = v.parse(schema, {})
