import { counted } from '../../math/counted.ts'
import { CellCursor } from './cellCursor.ts'
import { GrowingNumbers } from './growingNumbers.ts'
import { checkRowLength, ReadError, type NumberTable } from './numberTable.ts'
import { findSeparators } from './separators.ts'
import { endsLine, excerpt, textPlace } from './textPlace.ts'

/** What one line is made of. */
interface LineShape {
  /** Byte where the line's first cell begins. */
  readonly at: number
  readonly cells: number
  /** Index of the first cell that is no number, or −1. */
  readonly firstName: number
  readonly names: number
  readonly startsEmpty: boolean
}

/**
 * Reads numbers parted by white space, commas, semicolons or tabs; one line is one row.
 * A first line of names is a header; one column of names is the rows' names; text in which every line has one number
 * is one row. Comments (# or %), blank lines and quotes are understood.
 * @throws ReadError with line and column
 */
export function readDelimitedText(bytes: Uint8Array): NumberTable {
  const separators = findSeparators(bytes)
  const cursor = new CellCursor(bytes, separators)
  const notes: string[] = []
  if (!cursor.firstLine()) throw new ReadError('there are no numbers in this text. Paste for example: 2, 1, 0.5, -1')
  const first = lineShape(cursor)
  // A header whose first cell is empty stands above row names: so pandas writes a table with its index.
  const aboveRowNames = first.cells > 1 && first.startsEmpty
  const hasHeader = first.names > 1 || first.names === first.cells || aboveRowNames
  const header = hasHeader ? cellTexts(cursor) : null
  if (header !== null && !cursor.nextLine()) {
    throw new ReadError(
      `only names, no numbers: ${excerpt(bytes, first.at, bytes.length)}.`,
      textPlace(bytes, first.at),
    )
  }
  const shape = header === null ? first : lineShape(cursor)
  const nameAt = aboveRowNames ? 0 : nameColumn(cursor, shape, hasHeader)
  const body = readRows(bytes, cursor, shape, nameAt)
  if (separators.decimalComma) notes.push('Commas are read as decimal marks.')
  if (header !== null) notes.push('The first line is read as names.')
  if (nameAt >= 0) notes.push(`Column ${nameAt + 1} is read as names.`)
  const names = header === null ? null : columnNames(bytes, header, body, first.at)
  if (body.cols > 1 || body.rows === 1) {
    return { ...body.table, rows: body.rows, cols: body.cols, ...named(names, body.rowNames), notes }
  }
  checkRowLength(body.rows)
  notes.push('One number on each line: read as one row.')
  return { ...body.table, rows: 1, cols: body.rows, ...named(body.rowNames, names), notes }
}

const named = (names: readonly string[] | null, rowNames: readonly string[] | null) => ({
  ...(names === null ? {} : { names }),
  ...(rowNames === null ? {} : { rowNames }),
})

interface Body {
  readonly rows: number
  readonly cols: number
  /** Cell in each line that holds the row's name, or −1. */
  readonly nameAt: number
  readonly rowNames: readonly string[] | null
  readonly table: Pick<NumberTable, 'values' | 'lines' | 'format' | 'dtype'>
}

/** Counts the cells of the line at the cursor, and goes back to its start. */
function lineShape(cursor: CellCursor): LineShape {
  const mark = cursor.mark()
  let cells = 0
  let names = 0
  let firstName = -1
  let startsEmpty = false
  while (cursor.nextCell()) {
    if (cells === 0) startsEmpty = cursor.start === cursor.end
    if (cursor.value === undefined) {
      if (names === 0) firstName = cells
      names += 1
    }
    cells += 1
  }
  cursor.rewind(mark)
  return { at: mark, cells, names, firstName, startsEmpty }
}

function cellTexts(cursor: CellCursor): string[] {
  const texts: string[] = []
  while (cursor.nextCell()) texts.push(cursor.text())
  return texts
}

/**
 * The first or last cell of a line, if it names its row; else −1. Without a header the next line must agree: a lone
 * word among numbers is a slip of the pen.
 */
function nameColumn(cursor: CellCursor, shape: LineShape, hasHeader: boolean): number {
  const { firstName, names, cells } = shape
  if (names !== 1 || cells === 1 || (firstName !== 0 && firstName !== cells - 1)) return -1
  if (hasHeader) return firstName
  const mark = cursor.mark()
  while (cursor.nextCell());
  const next = cursor.nextLine() ? lineShape(cursor) : null
  cursor.rewind(mark)
  return next?.names === 1 && next.firstName === firstName ? firstName : -1
}

/** Reads the line at the cursor and all after it; every line must look like that one. */
function readRows(bytes: Uint8Array, cursor: CellCursor, shape: LineShape, nameAt: number): Body {
  const cols = shape.cells - (nameAt < 0 ? 0 : 1)
  checkRowLength(cols, textPlace(bytes, shape.at))
  const values = new GrowingNumbers()
  const rowNames: string[] = []
  const lines: number[] = []
  let [line, at] = [1, 0]
  do {
    const lineAt = cursor.mark()
    for (; at < lineAt; at++) if (endsLine(bytes, at)) line += 1
    lines.push(line)
    let cells = 0
    for (; cursor.nextCell(); cells++) {
      if (cells === nameAt) rowNames.push(cursor.text())
      else if (cursor.value !== undefined) values.push(cursor.value)
      else if (cells < shape.cells) throw notANumber(bytes, cursor)
    }
    if (cells !== shape.cells) throw ragged(bytes, lineAt, cells, shape)
  } while (cursor.nextLine())
  const table = { values: values.toArray(), lines, format: 'text', dtype: 'float64' } as const
  return { rows: lines.length, cols, nameAt, rowNames: nameAt < 0 ? null : rowNames, table }
}

function columnNames(bytes: Uint8Array, header: readonly string[], body: Body, at: number): readonly string[] {
  const { cols, nameAt } = body
  if (header.length === cols) return header
  if (nameAt >= 0 && header.length === cols + 1) return header.filter((_, index) => index !== nameAt)
  throw new ReadError(
    `this line has ${counted(header.length, 'name')}, but the line below it has ${counted(cols, 'number')}. ` +
      'Name each column once.',
    textPlace(bytes, at),
  )
}

function notANumber(bytes: Uint8Array, cursor: CellCursor): ReadError {
  const what =
    cursor.start === cursor.end
      ? 'an empty cell. Write a number there, or leave its line out.'
      : `${excerpt(bytes, cursor.start, cursor.end)} is not a number. Numbers look like -1.5 or 2e-3.`
  return new ReadError(what, textPlace(bytes, cursor.start))
}

function ragged(bytes: Uint8Array, at: number, cells: number, shape: LineShape): ReadError {
  const firstPlace = textPlace(bytes, shape.at)
  const firstLine = 'line' in firstPlace ? firstPlace.line : 1
  return new ReadError(
    `this line has ${counted(cells, 'entry', 'entries')}, but line ${firstLine} has ${shape.cells}. ` +
      'Give every line as many, or put all numbers on one line.',
    textPlace(bytes, at),
  )
}
