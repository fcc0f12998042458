import { FigureTable, type TableColumn } from '../../charts/FigureTable.tsx'
import type { ActivationsResult } from './result.ts'

export interface WeightsTableProps {
  readonly result: ActivationsResult
  /** Indices of entries that are left out of the row. */
  readonly masked: readonly number[]
}

const maxRows = 200
/** All digits: whoever opens the table wants the numbers. */
const exact = (value: number | undefined) => (value === undefined ? '' : String(value))

/** The numbers behind the pictures: every entry of a short row, the sorted row of a long one. */
export function WeightsTable({ result, masked }: WeightsTableProps) {
  const { logits, logitsOverview, variants, names, n, reference } = result
  if (logits !== null) {
    const shown = Math.min(n, maxRows)
    const cells = (row: Float64Array | null) => Array.from({ length: shown }, (_, i) => exact(row?.[i]))
    const columns: TableColumn[] = [
      { title: 'logit', cells: cells(logits) },
      ...variants.map(({ label, weights }) => ({ title: label, cells: cells(weights) })),
      ...differences(variants, reference).map(({ title, row }) => ({ title, cells: cells(row) })),
    ]
    return (
      <FigureTable
        caption="Logits and weights"
        rowTitle="entry"
        rows={names.slice(0, shown).map((name, i) => (masked.includes(i) ? `${name} (masked)` : name))}
        columns={columns}
        omitted={n - shown}
      />
    )
  }
  const ranks = logitsOverview?.ranks ?? new Float64Array(0)
  // Every row has the same ranks, but for entries that are masked or NaN, which all rows leave out alike.
  const columns = [
    { title: 'logit', cells: Array.from(logitsOverview?.sorted ?? [], exact) },
    ...variants.map(({ label, overview }) => ({ title: label, cells: Array.from(overview?.sorted ?? [], exact) })),
  ]
  return (
    <FigureTable
      caption={`Sorted values, read at ${ranks.length} of ${n.toLocaleString('en-US')} ranks`}
      rowTitle="rank"
      rows={Array.from(ranks, (rank) => rank.toLocaleString('en-US'))}
      columns={columns}
    />
  )
}

/** What the pictures draw against the reference: each other variant's weights minus its own. */
function differences(variants: ActivationsResult['variants'], reference: string | null) {
  const base = variants.find(({ id }) => id === reference)
  return variants.flatMap(({ id, label, difference }) =>
    base && difference && id !== base.id ? { title: `${label} − ${base.label}`, row: difference } : [],
  )
}
