import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import './activations.css'
import type { PanelViewProps } from '../contract.ts'
import { Controls } from './Controls.tsx'
import { writtenRow } from './edits.ts'
import type { ActivationsExperiment } from './experiment.ts'
import { LogitsFigure } from './LogitsFigure.tsx'
import { Outputs } from './Outputs.tsx'
import type { ActivationsResult } from './result.ts'
import type { Change } from './VariantHead.tsx'

type Props = PanelViewProps<ActivationsExperiment, ActivationsResult>

/** Logits to drag, and what softmax and its rivals make of them. */
export function View({ experiment, result, stale, edit }: Props) {
  const [pointed, point] = useState<number | null>(null)
  const [dragging, setDragging] = useState(false)
  const [table, setTable] = useState(false)
  const change = useChange(experiment, edit)
  const { logits, generate, data, scale, shift } = experiment
  const written = useMemo(
    () => writtenRow({ ...experiment, logits, generate, data, scale, shift }),
    // Only what the row depends on: a scrubbed parameter must not redraw the logits.
    // oxlint-disable-next-line react/exhaustive-deps
    [logits, generate, data, scale, shift],
  )
  const row = written ?? result?.logits ?? null
  return (
    <div className={`activations${dragging ? ' is-dragging' : ''}${stale ? ' is-stale' : ''}`}>
      <Controls
        experiment={experiment}
        change={change}
        hint="Drag a bar, or focus it and use the arrow keys."
        table={table}
        setTable={setTable}
        bring={() => undefined}
      />
      {row && (
        <LogitsFigure
          experiment={experiment}
          row={row}
          result={result}
          pointed={pointed}
          point={point}
          setDragging={setDragging}
          edit={edit}
        />
      )}
      {result && <Outputs experiment={experiment} result={result} pointed={pointed} point={point} change={change} />}
    </div>
  )
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
