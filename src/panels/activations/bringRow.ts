import type { DataTable, PanelViewProps } from '../contract.ts'
import { maxNameLength, type ActivationsExperiment } from './experiment.ts'
import { withRow } from './edits.ts'
import type { ActivationsResult } from './result.ts'
import { maxDrawn } from './result.ts'

type Brought = Pick<PanelViewProps<ActivationsExperiment, ActivationsResult>, 'readTable' | 'keepData'>

const maxBytes = 64 * 1024 * 1024

/**
 * Reads a person's numbers and gives the change they make: a short row is written into the experiment, so that it can be
 * dragged and is in the link; anything longer is kept under its key.
 * @throws an error that says what is wrong, and where
 */
export async function bringRow(
  file: Blob,
  name: string,
  { readTable, keepData }: Brought,
): Promise<Partial<ActivationsExperiment>> {
  if (file.size > maxBytes)
    throw new Error(
      `${name} has ${Math.ceil(file.size / 2 ** 20)} MiB; at most 64 MiB can be read. Save fewer rows, or float16.`,
    )
  const table = asRow(await readTable(file, name))
  if (table.rows === 1 && table.cols <= maxDrawn) {
    refuseUnusable(table.values, name)
    return withRow(table.values, namesOf(table))
  }
  const { rows, cols } = table
  const key = await keepData({ name, rows, cols, values: table.values })
  return {
    data: { key, name, row: 0, rows, cols },
    generate: null,
    names: namesOf(table),
    masked: [],
    scale: 1,
    shift: 0,
  }
}

/** The header's names, cut to what a name may have; none for a row that is drawn in aggregate. */
const namesOf = ({ names = [], cols }: Omit<DataTable, 'key'>): string[] =>
  cols <= maxDrawn ? names.map((name) => name.slice(0, maxNameLength)) : []

/** A column of numbers is a row, written downwards; the column's name is none of an entry's. */
function asRow({ names, ...table }: Omit<DataTable, 'key'>): Omit<DataTable, 'key'> {
  if (table.cols === 1 && table.rows > 1) return { ...table, rows: 1, cols: table.rows }
  return names ? { ...table, names } : table
}

/** A logit of −Infinity is a masked entry; a NaN or +Infinity would make every weight of the row NaN. */
function refuseUnusable(values: Float64Array, name: string): void {
  const index = values.findIndex((value) => Number.isNaN(value) || value === Infinity)
  if (index < 0) return
  const what = Number.isNaN(values[index]) ? 'NaN' : '+Infinity'
  throw new Error(
    `${name}: number ${index + 1} is ${what}, which would make every weight NaN. Leave it out, or write −inf to mask it.`,
  )
}
