import { useState } from 'react'
import './rank.css'
import { FigureTable } from '../../charts/FigureTable.tsx'
import { useWidth } from '../../charts/useWidth.ts'
import { bringMatrix } from '../bringMatrix.ts'
import type { PanelViewProps } from '../contract.ts'
import { onFiles } from '../onFiles.ts'
import { PresetMenu } from '../PresetMenu.tsx'
import { rankLimit } from './limit.ts'
import { PromptsFigure } from './PromptsFigure.tsx'
import { RemainderLine } from './RemainderLine.tsx'
import { presets, type RankExperiment } from './experiment.ts'
import type { RankResult } from './result.ts'
import { Settings } from './Settings.tsx'
import { SpectrumFigure, spectrumHeight } from './SpectrumFigure.tsx'

type Props = PanelViewProps<RankExperiment, RankResult>

/** A model's outputs, and what their spectrum says of its hidden size. */
export function View({ experiment, result, stale, status, edit, rerun, readTable, keepFile }: Props) {
  const [table, setTable] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [frame, width] = useWidth<HTMLDivElement>()
  const bring = (files: readonly File[]) => {
    setProblem(null)
    bringMatrix(files, experiment, { readTable, keepFile }, rankLimit).then(
      (patch) => edit({ ...patch, view: 'logits', precision: 'as-stored' }),
      (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
    )
  }
  return (
    <div className={stale ? 'rank is-stale' : 'rank'} {...onFiles(bring)}>
      <div className="rank-controls">
        <Settings experiment={experiment} edit={edit} result={result} />
        <div className="rank-buttons">
          <PresetMenu presets={presets} onChoose={edit} />
          <label className="tool-button rank-file">
            Own matrix
            <input
              type="file"
              multiple
              className="rank-hidden"
              title="NPY, CSV, JSON or text; safetensors, with config.json for a model’s output layer; a .bin of llama2.c. They stay in this browser."
              onChange={(event) => {
                bring([...(event.target.files ?? [])])
                event.target.value = ''
              }}
            />
          </label>
          <button type="button" className="tool-button" aria-pressed={table} onClick={() => setTable(!table)}>
            Table
          </button>
        </div>
      </div>
      {problem !== null && (
        <p className="rank-problem" role="alert">
          {problem} What was there stays.
        </p>
      )}
      <div ref={frame}>
        {result && width > 0 ? (
          <SpectrumFigure result={result} directions={experiment.directions} width={width} />
        ) : (
          <p className="rank-awaited" style={{ minHeight: spectrumHeight }}>
            {status.state === 'idle' ? (
              <button type="button" className="tool-button" onClick={rerun}>
                Compute the spectrum
              </button>
            ) : (
              'The spectrum comes here.'
            )}
          </p>
        )}
      </div>
      {result && <RemainderLine {...{ experiment, result, edit }} />}
      {result && <Decisions result={result} />}
      {result && width > 0 && <PromptsFigure result={result} width={width} />}
      {result && table && (
        <FigureTable
          caption="Singular values"
          rowTitle="index"
          rows={Array.from(result.singularValues, (_, i) => String(i + 1))}
          columns={[
            { title: 'singular value', cells: Array.from(result.singularValues, String) },
            ...result.compared.map(({ label, singularValues: s }) => ({ title: label, cells: Array.from(s, String) })),
          ]}
        />
      )}
      {result && table && result.promptRanks !== null && (
        <FigureTable
          caption="Rank against prompts; between two rows the straight line"
          rowTitle="first prompts"
          rows={result.promptRanks.prompts.map(String)}
          columns={[{ title: 'rank', cells: result.promptRanks.ranks.map(String) }]}
        />
      )}
    </div>
  )
}

/** The three ways to read a rank, each with what it needs. */
function Decisions({ result }: { readonly result: RankResult }) {
  const { rankGap, logGap, rankTol, rankAboveNoise } = result
  return (
    <dl className="rank-decisions">
      <div>
        <dt>largest gap: {rankGap ?? 'none'}</dt>
        <dd>
          ln s drops by {logGap === null ? '–' : logGap.toFixed(1)}; below about 2 it decides nothing. Needs more rows
          than the rank.
        </dd>
      </div>
      <div>
        <dt>tolerance: {rankTol}</dt>
        <dd>values above s₁ · max(n, V) · 2⁻⁵². Right for entries exact to float64 only.</dd>
      </div>
      <div>
        <dt>above noise: {rankAboveNoise ?? 'no errors known'}</dt>
        <dd>values above 1.25 σ(√V + √n). Needs the size σ of the errors: rounded outputs, or noise.</dd>
      </div>
    </dl>
  )
}
