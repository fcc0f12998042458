import { useCallback, useEffect, useState } from 'react'
import type { LivePanel } from '../instance.ts'
import { usePage } from './context.ts'
import { useNear, useOnce, useStoreState } from './hooks.ts'
import { RunLine } from './RunLine.tsx'
import { Sentence } from './Sentence.tsx'
import { useView } from './useView.ts'

export interface LiveCellProps {
  readonly live: LivePanel
  readonly id: string
  /** The panel's place on the page. */
  readonly place: HTMLElement | null
}

/** A working panel: its view, loaded when it comes near the screen; what one sees in words; and how its run goes. */
export function LiveCell({ live, id, place }: LiveCellProps) {
  const { panel, experiments, runner } = live
  const { surroundings } = usePage().notebook
  const { experiment, refused } = useStoreState(experiments)
  const run = useStoreState(runner)
  const seen = useNear(place, 100)
  useEffect(() => (seen ? runner.want() : undefined), [seen, runner])
  const { View, problem, retry } = useView(panel, useOnce(useNear(place, 800)))
  const { engine, readTable, data, files } = surroundings
  const [fleeting, setFleeting] = useState(false)
  const keepData = useCallback(
    async (table: Parameters<typeof data.keep>[0]) => {
      const { key, kept } = await data.keep(table)
      setFleeting(kept === 'this-visit')
      // The same numbers give the same key, so that the edit that follows may change nothing and run nothing.
      runner.brought(key)
      return key
    },
    [data, runner],
  )
  const keepFile = useCallback(
    async (file: Blob, name: string) => {
      const { key, kept } = await files.keep(file, name)
      setFleeting(kept === 'this-visit')
      runner.brought(key)
      return key
    },
    [files, runner],
  )

  // A run that failed has said in its own words what it lacks.
  const lost = run.status.state === 'failed' ? [] : run.missing

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
        paused={run.paused}
        pause={runner.pause}
        advance={runner.advance}
        engine={engine}
        readTable={readTable}
        keepData={keepData}
        keepFile={keepFile}
      />
      {run.result && <Sentence text={run.result.sentence} stale={run.stale} />}
      <RunLine status={run.status} paused={run.paused} rerun={runner.rerun} stop={runner.stop} />
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
      {lost.map((key) => (
        <p key={key} className="panel-refused" role="note">
          #{id} shows numbers that this browser does not have ({key.slice(0, 13)}…): they were brought from a file, and
          a link carries only their name. Open the same file here and they are found again.
        </p>
      ))}
    </>
  )
}
