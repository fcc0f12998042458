import { useCallback, useEffect, useState } from 'react'
import type { LivePanel } from '../instance.ts'
import { usePage } from './context.ts'
import { useNear, useOnce, useStoreState } from './hooks.ts'
import { useView } from './useView.ts'

export interface LiveCellProps {
  readonly live: LivePanel
  /** The panel's place on the page. */
  readonly place: HTMLElement | null
}

/** A working panel: its view, loaded when it comes near the screen. The view shows how the run goes. */
export function LiveCell({ live, place }: LiveCellProps) {
  const { panel, experiments, runner } = live
  const { surroundings } = usePage().notebook
  const { experiment, refused } = useStoreState(experiments)
  const run = useStoreState(runner)
  const seen = useNear(place, 100)
  useEffect(() => (seen ? runner.want() : undefined), [seen, runner])
  const { View, problem, retry } = useView(panel, useOnce(useNear(place, 800)))
  const { engine, readTable, data } = surroundings
  const [fleeting, setFleeting] = useState(false)
  const keepData = useCallback(
    async (table: Parameters<typeof data.keep>[0]) => {
      const { key, kept } = await data.keep(table)
      setFleeting(kept === 'this-visit')
      return key
    },
    [data],
  )

  if (problem !== null)
    return (
      <div className="panel-failed" role="alert">
        <p>The figure could not be loaded: {problem}</p>
        <button type="button" className="quiet-button" onClick={retry}>
          Try again
        </button>
      </div>
    )
  if (!View) return <div className="panel-loading">Loading the figure …</div>
  return (
    <>
      <View
        experiment={experiment}
        result={run.result}
        stale={run.stale}
        status={run.status}
        edit={experiments.edit}
        rerun={runner.rerun}
        stop={runner.stop}
        engine={engine}
        readTable={readTable}
        keepData={keepData}
      />
      {refused !== null && (
        <p className="panel-refused" role="alert">
          That was not taken, and nothing changed: {refused}
        </p>
      )}
      {fleeting && (
        <p className="panel-refused" role="note">
          This browser keeps no data for this page, so your numbers last until it is closed. Keep the file.
        </p>
      )}
    </>
  )
}
