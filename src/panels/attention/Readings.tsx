import { useState } from 'react'
import { percent, shortNumber } from '../../charts/numberFormat.ts'
import { Term } from '../../charts/Term.tsx'
import type { PanelViewProps } from '../contract.ts'
import { rateNow } from './describe.ts'
import { ownModels, type AttentionExperiment } from './experiment.ts'
import { presets } from './presets.ts'
import type { AttentionResult } from './result.ts'
import { tokenLabel } from './tokenLabel.ts'

type Given = PanelViewProps<AttentionExperiment, AttentionResult>

export interface ReadingsProps extends Pick<Given, 'experiment' | 'stale' | 'edit'> {
  readonly result: AttentionResult
}

/** The model as a whole, in numbers; and the way to a sink where there is none. */
export function Readings({ experiment, result, stale, edit }: ReadingsProps) {
  const kept = useKept(experiment, result, stale)
  const { model, perplexity, asTrained, uniformAlpha0, metricTokens, next } = result
  const rate = rateNow(experiment, result)
  const without = rate === 0 && experiment.model !== ownModels.softmax
  const blind = uniformAlpha0 >= experiment.epsilon
  return (
    <>
      <div className="att-readings">
        <span>
          <Term about={aboutRate}>sink rate</Term> <strong>{percent(rate)}</strong> of heads (ε{' '}
          {shortNumber(experiment.epsilon)}, T {metricTokens}; even attention has α {uniformAlpha0.toFixed(3)})
        </span>
        {perplexity !== null && !Number.isNaN(perplexity) && (
          <span>
            <Term about={aboutPerplexity}>perplexity</Term> <strong>{shortNumber(perplexity, 4)}</strong>
            {!stale && ofTokens(experiment.first, result.tokens.length - 1, kept)}
            {asTrained &&
              ` (${model?.normalizerSaid ? 'as trained' : `with ${model?.normalizer.id}`} ${shortNumber(asTrained.perplexity, 4)}, sink rate ${percent(asTrained.sinkRate)})`}
          </span>
        )}
        {next.length > 0 && (
          <span>
            next:{' '}
            {next
              .slice(0, 3)
              .map(({ token, probability }) => `“${tokenLabel(token)}” ${percent(probability)}`)
              .join(', ')}
          </span>
        )}
      </div>
      {blind && (
        <p className="att-soft">
          At this length even attention is above ε, so the sink rate tells nothing: write a longer text or raise ε.
        </p>
      )}
      {without && (
        <p className="att-soft">
          No sink here.{' '}
          <button type="button" className="tool-button" onClick={() => edit(presets[0]!.experiment)}>
            Show a model that has one
          </button>
        </p>
      )}
    </>
  )
}

/** The reading of a text with its own first token. */
interface Kept {
  /** What it was read by. */
  readonly of: string
  readonly perplexity: number
  /** That were predicted. */
  readonly tokens: number
}

/** What the same text gave with its first token, if it was seen so before. */
function useKept(
  experiment: AttentionExperiment,
  { perplexity, tokens }: AttentionResult,
  stale: boolean,
): Kept | null {
  const { model, text, ids, normalizer, heads, first } = experiment
  const [seen, setSeen] = useState<Kept | null>(null)
  const of = JSON.stringify([model, text, ids, normalizer, heads])
  const now = !stale && first === 'kept' && perplexity !== null
  if (now && (seen?.of !== of || seen.perplexity !== perplexity)) setSeen({ of, perplexity, tokens: tokens.length - 1 })
  return seen?.of === of ? seen : null
}

/** Of how many tokens a perplexity is, where the first one is not the text's own, and what it was. */
function ofTokens(first: AttentionExperiment['first'], tokens: number, kept: Kept | null): string {
  if (first === 'kept') return ''
  const before = kept && `${shortNumber(kept.perplexity, 4)} of ${kept.tokens} with the text’s own first token`
  const shorter = first === 'removed' ? 'one less than in the text' : null
  const beside = before ?? shorter
  return ` of ${tokens} tokens${beside === null ? '' : ` (${beside})`}`
}

const aboutRate =
  'The share of heads whose α is above ε. α is the weight that the first token gets, averaged over the first T queries (Gu et al. 2024).'
const aboutPerplexity =
  'exp of the mean of −ln p of each token: among how many equally likely tokens the model wavers, on average.'
