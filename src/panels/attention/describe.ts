import { shortNumber } from '../../charts/numberFormat.ts'
import { sinkRate } from '../../models/language/metrics.ts'
import type { PanelResult } from '../contract.ts'
import type { AttentionExperiment } from './experiment.ts'
import { tokenLabel } from './tokenLabel.ts'
import type { Undescribed } from './result.ts'

/**
 * The head that is looked at: the one with the largest α of the first token among those that are chosen, by layer, by
 * head or both; among all, where nothing is chosen or what is chosen is not there.
 */
export function headInView(
  { layer, head }: Pick<AttentionExperiment, 'layer' | 'head'>,
  { alpha0 }: Pick<Undescribed, 'alpha0'>,
): { layer: number; head: number } {
  const all = alpha0.flatMap((row, l) => row.map((alpha, h) => ({ layer: l, head: h, alpha })))
  const chosen = all.filter((each) => (layer ?? each.layer) === each.layer && (head ?? each.head) === each.head)
  const best = (chosen.length > 0 ? chosen : all).reduce((most, each) => (each.alpha > most.alpha ? each : most))
  return { layer: best.layer, head: best.head }
}

/** Sink rate at the experiment's ε, which may have moved since the run. */
export const rateNow = (
  { epsilon }: Pick<AttentionExperiment, 'epsilon'>,
  { alpha0 }: Pick<Undescribed, 'alpha0'>,
): number => sinkRate(alpha0.flat(), epsilon)

/** What one sees, in words and in numbers for the text. */
export function describe(
  experiment: AttentionExperiment,
  result: Undescribed,
): Pick<PanelResult, 'sentence' | 'values'> {
  const { alpha0, metricTokens, uniformAlpha0, perplexity, asTrained, maps } = result
  const { layer, head } = headInView(experiment, result)
  const rate = rateNow(experiment, result)
  const all = alpha0.flat()
  const sinks = Math.round(rate * all.length)
  return {
    sentence: [
      sinkSentence(experiment, result, sinks, all),
      placeSentence(experiment, result),
      swapSentence(result),
      missingSentence(experiment, result),
    ]
      .filter((part) => part !== '')
      .join(' '),
    values: {
      sinkRate: rate,
      sinks,
      epsilon: experiment.epsilon,
      tokens: metricTokens,
      uniform: uniformAlpha0,
      largestAlpha0: Math.max(...all),
      alpha0: alpha0[layer]![head]!,
      layer,
      head,
      zeros: maps[layer]![head]!.zeros,
      ...(perplexity === null ? {} : { perplexity }),
      ...(asTrained && { trainedPerplexity: asTrained.perplexity }),
      ...(result.kurtosis.length > 0 && { kurtosis: result.kurtosis, maxOverMedian: result.maxOverMedian }),
      ...(result.valueRatio.length > 0 && { valueRatio: result.valueRatio[layer]! }),
    },
  }
}

function sinkSentence(
  { epsilon }: AttentionExperiment,
  { metricTokens, uniformAlpha0, tokens, alpha0, maps }: Undescribed,
  sinks: number,
  all: readonly number[],
): string {
  const T = `T = ${metricTokens}; spread evenly it would be ${uniformAlpha0.toFixed(3)}`
  const strongest = headInView({ layer: null, head: null }, { alpha0 })
  const { rowMass } = maps[strongest.layer]![strongest.head]!
  const shares = maps.flat().every((head) => Math.abs(head.rowMass - 1) < nearlyOne)
  const first = `“${tokenLabel(tokens[0] ?? '')}”`
  if (uniformAlpha0 >= epsilon)
    return `With ${metricTokens === 1 ? 'one token' : `${metricTokens} tokens`}, even attention already gives the first one ${uniformAlpha0.toFixed(3)}: ε = ${epsilon} tells no sink from none. Write a longer text.`
  const largest = `${alpha0[strongest.layer]![strongest.head]!.toFixed(3)}${shares ? '' : ` in a head whose rows sum to ${shortNumber(rowMass)} on average`} (${T}).`
  if (sinks === 0)
    return `No head is a sink on this text: none gives the first token, ${first}, ${shares ? `more than ${epsilon} of its attention` : `a mean weight above ${epsilon}`}; the most is ${largest}`
  const heads =
    all.length === 1 ? 'The head' : sinks === all.length ? `All ${all.length} heads` : `${sinks} of ${all.length} heads`
  const give = all.length === 1 || sinks === 1 ? 'gives' : 'give'
  return `${heads} ${give} the first token, ${first}, ${shares ? `more than ${epsilon} of the attention` : `a mean weight above ${epsilon}`}: at most ${largest}`
}

/** Rows of a head may sum to this much more or less than 1 on average for its weights to be called shares. */
const nearlyOne = 0.005

/** Where the most attention goes, once the first token is not the text's own. */
function placeSentence(
  { first }: Pick<AttentionExperiment, 'first'>,
  { importance, metricTokens, tokens, alpha0, model }: Undescribed,
): string {
  // Maps that were brought keep the first token that they have.
  if (first === 'kept' || model === null) return ''
  let most = { alpha: 0, key: 0, layer: 0, head: 0 }
  importance.forEach((row, layer) =>
    row.forEach((alphas, head) => {
      // α of a key that few queries see says little.
      alphas.subarray(0, Math.ceil(metricTokens / 2)).forEach((alpha, key) => {
        if (alpha > most.alpha) most = { alpha, key, layer, head }
      })
    }),
  )
  if (most.key === 0) return 'No later token that half of the queries see gets more than that.'
  const where = alpha0.flat().length === 1 ? '' : ` in layer ${most.layer + 1}, head ${most.head + 1}`
  return `Of the tokens that half of the queries see, “${tokenLabel(tokens[most.key]!)}” (${most.key + 1}) now gets the most: ${most.alpha.toFixed(3)}${where}.`
}

function swapSentence({ perplexity, asTrained, model }: Undescribed): string {
  if (asTrained === null || perplexity === null || model === null) return ''
  if (!model.normalizerSaid)
    return `With another normalizer than the usual ${model.normalizer.id} the perplexity is ${perplexity.toFixed(2)}; with that it is ${asTrained.perplexity.toFixed(2)}. The file does not say what it was trained with.`
  return `With another normalizer than in training the perplexity is ${perplexity.toFixed(2)}; it was ${asTrained.perplexity.toFixed(2)}.`
}

/** What was chosen to look at and is not there: another model may have fewer heads. */
function missingSentence(
  { layer, head }: Pick<AttentionExperiment, 'layer' | 'head'>,
  { layers, heads }: Pick<Undescribed, 'layers' | 'heads'>,
): string {
  if ((layer ?? 0) < layers && (head ?? 0) < heads) return ''
  const asked = [layer !== null && `layer ${layer}`, head !== null && `head ${head}`].filter((part) => part !== false)
  return `There is no ${asked.join(', ')}, counted from 0: layers go to ${layers - 1}, heads to ${heads - 1}. The head with the largest α is shown.`
}
