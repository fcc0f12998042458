import { useState } from 'react'
import './rank.css'
import { FigureTable } from '../../charts/FigureTable.tsx'
import { useWidth } from '../../charts/useWidth.ts'
import { bringMatrix } from '../bringMatrix.ts'
import type { PanelViewProps } from '../contract.ts'
import { onFiles } from '../onFiles.ts'
import { PresetMenu } from '../PresetMenu.tsx'
import { useOwnMatrix } from '../useOwnMatrix.tsx'
import { rankLimit } from './limit.ts'
import { PromptsFigure } from './PromptsFigure.tsx'
import { RemainderLine } from './RemainderLine.tsx'
import { presets, type RankExperiment } from './experiment.ts'
import { rowsName, type RankResult } from './result.ts'
import { Settings } from './Settings.tsx'
import { SpectrumFigure, spectrumHeight } from './SpectrumFigure.tsx'

type Props = PanelViewProps<RankExperiment, RankResult>

/** A model's outputs, and what their spectrum says of its hidden size. */
export function View({ experiment, result, stale, status, edit, rerun, readTable, keepFile }: Props) {
  const [table, setTable] = useState(false)
  const [frame, width] = useWidth<HTMLDivElement>()
  const own = useOwnMatrix(rankLimit, async (files) => {
    const fields = await bringMatrix(files, experiment, { readTable, keepFile }, rankLimit)
    return () => edit({ ...fields, view: 'logits', precision: 'as-stored' })
  })
  return (
    <div className={stale ? 'rank is-stale' : 'rank'} {...onFiles(own.bring)}>
      <div className="rank-controls">
        <Settings experiment={experiment} edit={edit} result={result} />
        <div className="rank-buttons">
          <PresetMenu presets={presets} onChoose={edit} />
          <button type="button" className="tool-button" onClick={own.ask}>
            Own matrix
          </button>
          <button type="button" className="tool-button" aria-pressed={table} onClick={() => setTable(!table)}>
            Table
          </button>
        </div>
      </div>
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
      {result && table && <Tables result={result} />}
      {own.dialog}
    </div>
  )
}

/** The numbers behind the figures, all digits. */
function Tables({ result }: { readonly result: RankResult }) {
  const { singularValues, compared, promptRanks } = result
  return (
    <div className="rank-tables">
      <FigureTable
        caption="Singular values"
        rowTitle="index"
        rows={Array.from(singularValues, (_, i) => String(i + 1))}
        columns={[
          { title: 'singular value', cells: Array.from(singularValues, String) },
          ...compared.map(({ label, singularValues: s }) => ({ title: label, cells: Array.from(s, String) })),
        ]}
      />
      {promptRanks !== null && (
        <FigureTable
          caption={`Rank against ${rowsName(result)}; between two rows of the table the straight line`}
          rowTitle={`first ${rowsName(result)}`}
          rows={promptRanks.prompts.map(String)}
          columns={[{ title: 'rank', cells: promptRanks.ranks.map(String) }]}
        />
      )}
    </div>
  )
}

/** The three ways to read a rank, each with what it needs. */
function Decisions({ result }: { readonly result: RankResult }) {
  const { rankGap, rankTol, rankAboveNoise, isFromLevel } = result
  return (
    <dl className="rank-decisions">
      <div>
        <dt>
          largest gap: {rankGap ?? 'none'}
          {isFromLevel && ', the common level'}
        </dt>
        <dd>{gapWords(result)}</dd>
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

function gapWords({ singularValues, logGap, isFromLevel, laterDrop }: RankResult): string {
  if (singularValues[0] === 0) return 'Every entry is 0: nothing drops.'
  if (logGap === null) return 'There is one singular value: nothing drops.'
  const drop = `ln s drops by ${logGap.toFixed(1)}`
  if (!isFromLevel) return `${drop}; below about 2 it decides nothing. Needs more rows than the rank.`
  const next =
    laterDrop === null
      ? 'No other value drops by half'
      : `The next largest drop, ${laterDrop.logGap.toFixed(1)}, is behind value ${laterDrop.behind}`
  return `${drop}, from what all log-probabilities share (the all-ones direction) to how they differ: no rank of 1. ${next}.`
}
