import { lazy, Suspense, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import './activations.css'
import type { PanelViewProps } from '../contract.ts'
import { onFiles } from '../onFiles.ts'
import { Controls } from './Controls.tsx'
import { writtenRow } from './edits.ts'
import { EmptyRow, EmptyVariants, NoNumbers } from './Empty.tsx'
import { entriesOf, type ActivationsExperiment } from './experiment.ts'
import { Foot } from './Foot.tsx'
import { LogitsFigure } from './LogitsFigure.tsx'
import { Outputs } from './Outputs.tsx'
import type { ActivationsResult } from './result.ts'
import { useStableList } from './useStableList.ts'
import type { Change } from './VariantHead.tsx'

type Props = PanelViewProps<ActivationsExperiment, ActivationsResult>

const DataDialog = lazy(() => import('./DataDialog.tsx').then((module) => ({ default: module.DataDialog })))
const WeightsTable = lazy(() => import('./WeightsTable.tsx').then((module) => ({ default: module.WeightsTable })))

const noNames: readonly string[] = []

/** A dialog that asks for numbers, or reads those that were dropped. */
interface Asking {
  readonly dropped: File | null
}

/** Logits to drag, and what softmax and its rivals make of them. */
export function View({ experiment, result, stale, status, edit, readTable, keepData, engine, rerun }: Props) {
  const [pointed, point] = useState<number | null>(null)
  const [dragging, setDragging] = useState(false)
  const [table, setTable] = useState(false)
  const [asking, setAsking] = useState<Asking | null>(null)
  const change = useChange(experiment, edit)
  const row = useRow(experiment, result)
  const awaited = stale && (experiment.generate !== null || experiment.data !== null)
  const masked = useStableList(experiment.masked)
  const names = useStableList(result?.names ?? noNames)
  const bring = useCallback(() => setAsking({ dropped: null }), [])
  const { scale, shift, generate, data, layout } = experiment
  const nothing = row === null && result === null && status.state === 'failed'
  const state = `${dragging ? ' is-dragging' : ''}${stale ? ' is-stale' : ''}`
  return (
    <div className={`activations${state}`} {...onFiles(([file]) => file && setAsking({ dropped: file }))}>
      <Controls
        source={{ scale, shift, generate, data }}
        n={entriesOf(experiment)}
        {...{ layout, change, table, setTable, bring }}
      />
      {nothing ? (
        <NoNumbers bring={bring} />
      ) : row?.length === 0 ? (
        <EmptyRow change={change} bring={bring} />
      ) : (
        <LogitsFigure {...{ experiment, row, result, awaited, pointed, point, setDragging, change }} />
      )}
      {experiment.variants.length === 0 ? (
        <EmptyVariants change={change} />
      ) : nothing ? null : (
        <Outputs {...{ experiment, result, names, masked, pointed, point, change }} />
      )}
      {result && table && (
        <Suspense fallback={null}>
          <WeightsTable result={result} masked={masked} />
        </Suspense>
      )}
      <Foot {...{ experiment, result, change }} tryAgain={() => askAnew(engine, rerun)} />
      {asking && (
        <Suspense fallback={null}>
          <DataDialog {...asking} {...{ readTable, keepData }} take={edit} close={() => setAsking(null)} />
        </Suspense>
      )}
    </div>
  )
}

/** Runs once more, after the engine has forgotten which devices failed; choosing makes it forget, and `auto` forgets all. */
function askAnew(engine: Props['engine'], rerun: () => void): void {
  const { choice } = engine.status()
  engine.choose('auto')
  if (choice !== 'auto') engine.choose(choice)
  rerun()
}

/** An edit made from the experiment as it then is; the function itself stays the same, so that parts can rest. */
function useChange(experiment: ActivationsExperiment, edit: Props['edit']): Change {
  const now = useRef({ experiment, edit })
  useLayoutEffect(() => {
    now.current = { experiment, edit }
  })
  return useCallback((make, gesture) => {
    const patch = make(now.current.experiment)
    if (gesture === undefined) now.current.edit(patch)
    else now.current.edit(patch, gesture)
  }, [])
}

/** The logits to draw: at once where the experiment writes them out, else as the run finds them. */
function useRow(experiment: ActivationsExperiment, result: ActivationsResult | null): Float64Array | null {
  const { logits, generate, data, scale, shift } = experiment
  const written = useMemo(
    () => writtenRow({ logits, generate, data, scale, shift }),
    [logits, generate, data, scale, shift],
  )
  return written ?? result?.logits ?? null
}
