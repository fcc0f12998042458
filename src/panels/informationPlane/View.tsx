import { useState } from 'react'
import './informationPlane.css'
import { shortNumber } from '../../charts/numberFormat.ts'
import { Transport } from '../../charts/Transport.tsx'
import { useWidth } from '../../charts/useWidth.ts'
import type { PanelViewProps } from '../contract.ts'
import { onFiles } from '../onFiles.ts'
import { Controls } from './Controls.tsx'
import { bringSamples } from './edits.ts'
import type { InformationPlaneExperiment } from './experiment.ts'
import { LayerPart } from './LayerPart.tsx'
import { PlaneNote } from './PlaneNote.tsx'
import { Planes } from './Planes.tsx'
import { PlaneTable } from './PlaneTable.tsx'
import { logAt, runsAt, type InformationPlaneResult } from './result.ts'
import { Strips, type StripsProps } from './Strips.tsx'

type Props = PanelViewProps<InformationPlaneExperiment, InformationPlaneResult>

/** A network that learns, and what several estimators make of it. */
export function View(props: Props) {
  const { experiment, result, stale, status, edit, rerun } = props
  const [table, setTable] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const logs = result?.runs[0]?.epochs ?? []
  const log = logAt(logs, experiment.epoch)
  const epoch = log?.epoch ?? 0
  const index = log ? logs.indexOf(log) : 0
  const unfinished =
    status.state === 'idle' && runsAt(result?.runs ?? [], experiment.epochs).length < experiment.seeds.length

  const single = experiment.estimators.length === 1
  const layer = result && log && <LayerPart {...{ experiment, result, edit, epoch, index }} />

  const bring = (file: File) => {
    setProblem(null)
    bringSamples(file, file.name, props).then(edit, (error: unknown) =>
      setProblem(error instanceof Error ? error.message : String(error)),
    )
  }
  const move = (to: number, gesture: string) => edit({ epoch: to >= logs.length - 1 ? null : logs[to]!.epoch }, gesture)

  return (
    <div className={stale ? 'plane is-stale' : 'plane'} {...onFiles(([file]) => file && bring(file))}>
      <Controls {...{ experiment, edit, table, setTable, bring }} />
      {problem !== null && (
        <p className="plane-problem" role="alert">
          {problem} The old samples stay.
        </p>
      )}
      {experiment.task === 'data' && experiment.data && result && !stale && (
        <p className="plane-note">
          {experiment.data.name}: {shortNumber(result.samples, 7)} samples of {result.widths[0]}{' '}
          {result.widths[0] === 1 ? 'feature' : 'features'}, {result.widths.at(-1)} classes.
        </p>
      )}
      <div className={single ? 'plane-main is-single' : 'plane-main'}>
        <div>
          <Planes {...{ experiment, result, epoch, edit }} />
          <PlaneNote
            planes={result?.estimators.some(({ readsInput }) => readsInput) ?? true}
            seeds={result?.runs.length ?? 1}
          />
          <div className="plane-time">
            <Transport
              index={index}
              count={logs.length}
              step="logged epoch"
              label="epoch"
              text={log ? `epoch ${log.epoch} of ${experiment.epochs}` : 'no epoch yet'}
              onMove={move}
            />
            {unfinished && (
              <button type="button" className="tool-button" onClick={rerun}>
                Train again
              </button>
            )}
          </div>
        </div>
        {single && layer}
      </div>
      {result && log && <StripsPart {...{ result, epoch }} epochs={experiment.epochs} />}
      {!single && layer}
      {result && table && <PlaneTable result={result} />}
    </div>
  )
}

/** What the network does meanwhile. */
function StripsPart(props: Omit<StripsProps, 'width'>) {
  const [element, width] = useWidth<HTMLDivElement>()
  return <div ref={element}>{width > 0 && <Strips {...props} width={width} />}</div>
}
