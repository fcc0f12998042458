import { normalizerById } from '../../math/normalizers/index.ts'
import { softmax } from '../../math/normalizers/softmax.ts'
import { forward, type HeadNormalizer, type Trace } from '../../models/language/forward.ts'
import { hiddenStats } from '../../models/language/hiddenStats.ts'
import { firstOverRest, importance, sinkRate } from '../../models/language/metrics.ts'
import type { ModelShape } from '../../models/language/model.ts'
import type { Compute, ComputeContext } from '../contract.ts'
import { describe } from './describe.ts'
import type { AttentionExperiment, NormalizerSetting } from './experiment.ts'
import { fromMaps } from './fromMaps.ts'
import { settingAt } from './headSettings.ts'
import { measured, perHead } from './measured.ts'
import { openExperimentModel, type OpenedModel } from './open.ts'
import type { AttentionResult, ModelCard, Undescribed } from './result.ts'
import { sequenceOf } from './sequence.ts'

/** A text through a model, or maps from elsewhere, and what can be read off them. */
export const compute: Compute<AttentionExperiment, AttentionResult> = async function* (experiment, context) {
  const { attention, model } = experiment
  if (attention === null && model === null)
    throw new Error('There is no model yet. Drop one here, or take one of our own.')
  const found =
    attention === null ? await fromModel(experiment, model!, context) : await fromMaps(experiment, attention, context)
  yield { ...found, ...describe(experiment, found) }
}

async function fromModel(
  experiment: AttentionExperiment,
  reference: string,
  context: ComputeContext,
): Promise<Undescribed> {
  const { signal, progress, file } = context
  progress(0, 'opening the model')
  const opened = await openExperimentModel(experiment, reference, file)
  const { shape } = opened.model
  const { ids, names, notices } = sequenceOf(experiment, opened)
  const own = shape.normalizer
  const swapped = experiment.normalizer !== null || experiment.heads.length > 0
  checkHeads(experiment, shape)
  const compared = swapped && ids.length * shape.parameters < mostCompared
  const report = (from: number, to: number) => (fraction: number, doing: string) =>
    progress(from + (to - from) * fraction, doing)
  const trace = await forward(opened.model, ids, {
    normalizerAt: (layer, head) => headNormalizer(settingAt(experiment, own, layer, head)),
    signal,
    progress: report(0, compared ? 0.5 : 1),
  })
  const before = compared
    ? await forward(opened.model, ids, { normalizerAt: () => headNormalizer(own), signal, progress: report(0.5, 1) })
    : null
  const maps = mapsOf(shape, trace)
  const here = measured(maps, experiment)
  return {
    ...here,
    ...hiddenAndValues(trace, shape),
    model: cardOf(opened),
    tokens: names,
    ids,
    notices,
    perplexity: trace.perplexity,
    nll: trace.nll,
    asTrained: before && {
      perplexity: before.perplexity,
      sinkRate: rateOf(mapsOf(shape, before), here.metricTokens, experiment.epsilon),
    },
    lastLogits: trace.lastLogits,
    next: nextTokens(trace.lastLogits, opened.tokenizer.textOf),
  }
}

/** Multiplications, about, up to which a second run for comparison is not felt. */
const mostCompared = 2e9

const mapsOf = ({ layers, heads }: ModelShape, { tokens, attention }: Trace) => ({
  layers,
  heads,
  tokens,
  values: attention,
})

function rateOf(maps: Parameters<typeof importance>[0], tokens: number, epsilon: number): number {
  const alphas = importance(maps, tokens)
  return sinkRate(
    Array.from({ length: alphas.length / tokens }, (_, map) => alphas[map * tokens]!),
    epsilon,
  )
}

function checkHeads({ heads }: AttentionExperiment, shape: ModelShape): void {
  const wrong = heads.find(({ layer, head }) => layer >= shape.layers || head >= shape.heads)
  if (wrong === undefined) return
  throw new Error(
    `Layer ${wrong.layer}, head ${wrong.head} is not there: layers go from 0 to ${shape.layers - 1}, heads from 0 to ${shape.heads - 1}.`,
  )
}

function headNormalizer({ id, params }: NormalizerSetting): HeadNormalizer {
  const entry = normalizerById(id)
  if (entry === undefined) throw new Error(`There is no normalizer ${JSON.stringify(id)}.`)
  return { entry, params }
}

function hiddenAndValues({ tokens: T, hidden, valueNorms }: Trace, { layers, kvHeads, width }: ModelShape) {
  const states = Array.from({ length: layers + 1 }, (_, l) =>
    hiddenStats(hidden.subarray(l * T * width, (l + 1) * T * width), width),
  )
  const norms = perHead(layers, kvHeads, (map) => valueNorms.slice(map * T, (map + 1) * T))
  return {
    hidden: states,
    kurtosis: states.map(({ kurtosis }) => kurtosis),
    maxOverMedian: states.map(({ maxOverMedian }) => maxOverMedian),
    valueNorms: norms,
    valueRatio: norms.map((layer) => layer.map(firstOverRest)),
  }
}

const cardOf = ({ name, model: { shape } }: OpenedModel): ModelCard => ({
  name,
  family: shape.family,
  layers: shape.layers,
  heads: shape.heads,
  kvHeads: shape.kvHeads,
  width: shape.width,
  vocabulary: shape.vocabulary,
  context: shape.context,
  parameters: shape.parameters,
  normalizer: shape.normalizer,
})

/** How many of the likeliest next tokens are told. */
const listed = 5

function nextTokens(logits: Float64Array, textOf: (id: number) => string): AttentionResult['next'] {
  const probabilities = softmax(logits)
  const best = Array.from(probabilities, (_, id) => id).sort((a, b) => probabilities[b]! - probabilities[a]!)
  return best.slice(0, listed).map((id) => ({ token: textOf(id), probability: probabilities[id]! }))
}
