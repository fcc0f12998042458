import { softmax } from '../../math/normalizers/softmax.ts'
import type { Trace } from '../../models/language/forward.ts'
import { hiddenStats } from '../../models/language/hiddenStats.ts'
import { firstOverRest, importance, sinkRate } from '../../models/language/metrics.ts'
import type { ModelShape } from '../../models/language/model.ts'
import type { Compute, ComputeContext } from '../contract.ts'
import { describe } from './describe.ts'
import type { AttentionExperiment } from './experiment.ts'
import { fromMaps } from './fromMaps.ts'
import { measured, perHead } from './measured.ts'
import { naming, openExperimentModel, type OpenedModel } from './open.ts'
import type { AttentionResult, ModelCard, Undescribed } from './result.ts'
import { run } from './run.ts'
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
  const { progress, file } = context
  progress(0, 'opening the model')
  const opened = await openExperimentModel(experiment, reference, file)
  const { shape } = opened.model
  const { ids, names, notices } = sequenceOf(experiment, opened)
  checkHeads(experiment, shape)
  await opened.fetchAll()
  const { trace, before, ran } = await naming(opened, run(experiment, opened.model, ids, context))
  const maps = mapsOf(shape, trace)
  const here = measured(maps, experiment)
  // Of one token alone there is nothing that the model could have guessed.
  const guessed = ids.length > 1
  return {
    ...here,
    ...hiddenAndValues(trace, shape),
    model: cardOf(opened),
    tokens: names,
    ids,
    ran,
    notices,
    perplexity: guessed ? trace.perplexity : null,
    nll: trace.nll,
    asTrained:
      before !== null && guessed
        ? {
            perplexity: before.perplexity,
            sinkRate: rateOf(mapsOf(shape, before), here.metricTokens, experiment.epsilon),
          }
        : null,
    lastLogits: trace.lastLogits,
    next: nextTokens(trace.lastLogits, opened.tokenizer.textOf),
  }
}

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
  normalizerSaid: shape.normalizerSaid,
})

/** How many of the likeliest next tokens are told. */
const listed = 5

function nextTokens(logits: Float64Array, textOf: (id: number) => string): AttentionResult['next'] {
  const probabilities = softmax(logits)
  const best = Array.from(probabilities, (_, id) => id).sort((a, b) => probabilities[b]! - probabilities[a]!)
  return best.slice(0, listed).map((id) => ({ token: textOf(id), probability: probabilities[id]! }))
}
