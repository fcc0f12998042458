import { expectedRank, rankParts, type OutputShape, type RankParts } from '../../math/bottleneck/rank.ts'
import type { RankExperiment } from './experiment.ts'
import { layerTraits } from './layers.ts'

/** Rounding after a norm leaves nothing of the plane that a LayerNorm puts hidden states in. */
const roundsHidden = ({ rounded, precision }: RankExperiment): boolean => rounded === 'hidden' && precision !== 'f64'

/** Of a made model, as far as its rank depends on it. Mixed contexts know nothing of the norm before them. */
const shapeOf = (experiment: RankExperiment): OutputShape => ({
  ...experiment,
  norm: layerTraits[experiment.layer].isMixture || roundsHidden(experiment) ? 'none' : experiment.norm,
  softCap: experiment.softCap !== null,
})

const partsOf = (experiment: RankExperiment): RankParts | null =>
  layerTraits[experiment.layer].hasLogits ? rankParts(shapeOf(experiment)) : null

/** What theory says of the rank of a made model; null where nothing bounds it. */
export function rankInTheory(experiment: RankExperiment): number | null {
  return layerTraits[experiment.layer].hasLogits ? expectedRank(shapeOf(experiment)) : null
}

const sumOf = ({ hidden, constant, normaliser }: RankParts): number => hidden + constant + normaliser

/** Why the rank of a made model is what theory says, or why theory says nothing: one sentence. */
export function theorySentence(experiment: RankExperiment): string {
  const parts = partsOf(experiment)
  if (parts === null) return `Nothing bounds the rank: ${unbounded(experiment)}.`
  const sum = sumOf(parts)
  if (sum >= parts.limit && parts.isOfPrompts) {
    const rows = experiment.promptMeanRemoved ? `${experiment.prompts} prompts less their mean` : 'as many as prompts'
    return `Theory says ${parts.limit}, ${rows}: the rank only counts prompts until there are more than ${sum}.`
  }
  if (sum > parts.limit) return `Theory says ${parts.limit}: the vocabulary holds no more directions.`
  return `Theory says ${sum} = ${sumInWords(experiment.hidden, sum)}: ${reasons(experiment, parts)}.`
}

function sumInWords(d: number, sum: number): string {
  if (sum === d) return 'd'
  return sum > d ? `d + ${sum - d}` : `d − ${d - sum}`
}

function unbounded({ layer, view, softCap }: RankExperiment): string {
  if (!layerTraits[layer].hasLogits) return `the output layer, ${layer.replaceAll('-', ' ')}, is not linear`
  return softCap !== null ? 'the soft-cap is not linear' : `${view} are exponentials, not linear in the hidden state`
}

function reasons(experiment: RankExperiment, { constant, normaliser }: RankParts): string {
  const { norm, bias, view, promptMeanRemoved } = shapeOf(experiment)
  const said: string[] = []
  if (norm !== experiment.norm && experiment.norm.startsWith('layer') && roundsHidden(experiment))
    said.push('rounding the hidden states puts back the direction that LayerNorm takes')
  if (norm === 'layer' || norm === 'layer-shift') said.push('LayerNorm takes the mean off and a direction with it')
  if (constant === 1) said.push(`${constantOf(bias, norm)} a constant row`)
  else if (promptMeanRemoved && (bias || norm === 'layer-shift'))
    said.push('the constant row goes with the mean over prompts')
  if (normaliser === 1)
    said.push(
      'each row of log-probabilities is its logits less one number, the logarithm of its normaliser, which adds the all-ones direction',
    )
  if (view === 'centred') said.push('centring takes the logarithm of the normaliser off again')
  return said.length === 0 ? 'logits are hidden states of d numbers times the output matrix' : said.join('; ')
}

function constantOf(bias: boolean, norm: OutputShape['norm']): string {
  if (norm !== 'layer-shift') return 'the output bias adds'
  return bias ? 'the norm’s shift and the output bias together add' : 'the norm’s shift adds'
}
