import { useState } from 'react'
import './attention.css'
import { percent, shortNumber } from '../../charts/numberFormat.ts'
import { Term } from '../../charts/Term.tsx'
import { useWidth } from '../../charts/useWidth.ts'
import type { PanelViewProps } from '../contract.ts'
import { onFiles } from '../onFiles.ts'
import { AttentionTable } from './AttentionTable.tsx'
import { bringFiles } from './bringFiles.ts'
import { headInView, rateNow } from './describe.ts'
import { ownModels, type AttentionExperiment } from './experiment.ts'
import { Heads } from './Heads.tsx'
import { presets } from './presets.ts'
import { RanBy } from './RanBy.tsx'
import type { AttentionResult } from './result.ts'
import { Settings } from './Settings.tsx'
import { FileButton, Source } from './Source.tsx'
import { TextBox } from './TextBox.tsx'
import { tokenLabel } from './tokenLabel.ts'

type Props = PanelViewProps<AttentionExperiment, AttentionResult>

/** A model and a text: where each head looks, what that costs, and what the first token has to do with it. */
export function View({ experiment, result, stale, status, edit, rerun, keepFile }: Props) {
  const [table, setTable] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [frame, width] = useWidth<HTMLDivElement>()
  const bring = (files: readonly File[]) => {
    setProblem(null)
    bringFiles(files, keepFile).then(edit, (error: unknown) =>
      setProblem(error instanceof Error ? error.message : String(error)),
    )
  }
  const nothing = experiment.model === null && experiment.attention === null
  const chosen = result && headInView(experiment, result)
  const stopped = status.state === 'idle' && !nothing && (stale || result === null)
  return (
    <div ref={frame} className={stale ? 'attention is-stale' : 'attention'} {...onFiles(bring)}>
      <Source {...{ result, edit, table, setTable, bring }} />
      {problem !== null && (
        <p className="att-problem" role="alert">
          {problem} What was open stays.
        </p>
      )}
      {nothing ? (
        <Nothing edit={edit} bring={bring} />
      ) : (
        experiment.attention === null && <TextBox {...{ experiment, edit }} />
      )}
      {stopped && (
        <p className="att-soft">
          Nothing is running.{' '}
          <button type="button" className="tool-button" onClick={rerun}>
            Go on
          </button>
        </p>
      )}
      {result && chosen && !nothing && (
        <>
          <Settings {...{ experiment, result, edit }} {...chosen} />
          <Readings {...{ experiment, result, edit }} />
          {result.ran && <RanBy {...{ experiment, edit }} ran={result.ran} />}
          {result.notices.map((notice) => (
            <p key={notice} className="att-soft">
              {notice}
            </p>
          ))}
          {width > 0 && <Heads {...{ experiment, result, edit, width }} {...chosen} />}
          {table && <AttentionTable result={result} />}
        </>
      )}
      {!result && !nothing && <div className="att-awaited">The maps come here.</div>}
    </div>
  )
}

/** The model as a whole, in numbers; and the way to a sink where there is none. */
function Readings({
  experiment,
  result,
  edit,
}: Pick<Props, 'experiment' | 'edit'> & { readonly result: AttentionResult }) {
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

const aboutRate =
  'The share of heads whose α is above ε. α is the weight that the first token gets, averaged over the first T queries (Gu et al. 2024).'
const aboutPerplexity =
  'exp of the mean of −ln p of each token: among how many equally likely tokens the model wavers, on average.'

/** Before there is a model: what to do. */
function Nothing({ edit, bring }: { readonly edit: Props['edit']; readonly bring: (files: readonly File[]) => void }) {
  return (
    <div className="att-empty">
      <p>
        Drop a model here: a .bin of llama2.c with its tokenizer, or safetensors with config.json and tokenizer.json.
      </p>
      <div className="att-buttons">
        <FileButton bring={bring} />
        <button type="button" className="tool-button" onClick={() => edit(presets[0]!.experiment)}>
          Take our own small one
        </button>
      </div>
    </div>
  )
}
