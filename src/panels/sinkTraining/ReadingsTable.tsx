import './tables.css'
import { FigureTable } from '../../charts/FigureTable.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import type { SinkRun } from './compute.ts'
import { tableMetrics } from './metrics.ts'
import { runName } from './runName.ts'

export interface ReadingsTableProps {
  readonly runs: readonly SinkRun[]
}

const maxRows = 400
/** More than float32 holds would be noise. */
const digits = 6

/** Every number behind the strips. */
export function ReadingsTable({ runs }: ReadingsTableProps) {
  const all = runs.flatMap((run) =>
    run.steps.map((reading) => ({ name: `${runName(runs, run)}, seed ${run.seed}, step ${reading.step}`, reading })),
  )
  const shown = all.slice(0, maxRows)
  return (
    <FigureTable
      caption="Readings of every recorded step, on the evaluation sequences"
      rowTitle="model and step"
      rows={shown.map(({ name }) => name)}
      columns={tableMetrics.map(({ metric, title }) => ({
        title,
        cells: shown.map(({ reading }) => shortNumber(reading[metric], digits)),
      }))}
      omitted={all.length - shown.length}
    />
  )
}
