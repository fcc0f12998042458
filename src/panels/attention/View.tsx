import { useState } from 'react'
import './attention.css'
import { useWidth } from '../../charts/useWidth.ts'
import type { PanelViewProps } from '../contract.ts'
import { onFiles } from '../onFiles.ts'
import { AttentionTable } from './AttentionTable.tsx'
import { bringFiles } from './bringFiles.ts'
import { headInView } from './describe.ts'
import type { AttentionExperiment } from './experiment.ts'
import { Heads } from './Heads.tsx'
import { presets } from './presets.ts'
import { RanBy } from './RanBy.tsx'
import { Readings } from './Readings.tsx'
import type { AttentionResult } from './result.ts'
import { Settings } from './Settings.tsx'
import { FileButton, Source } from './Source.tsx'
import { TextBox } from './TextBox.tsx'

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
          <Readings {...{ experiment, result, stale, edit }} />
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
