import { counted } from '../../math/counted.ts'

/** Numbers that a person brought, in one shape whatever their file's format. */
export interface NumberTable {
  readonly rows: number
  readonly cols: number
  /** Shape [rows, cols], row-major. */
  readonly values: Float64Array
  /** Of text, the line that each row stands in, from 1; where one number on each line is one row, of each number. */
  readonly lines?: readonly number[]
  readonly format: 'text' | 'JSON' | 'NPY'
  /** Type of the numbers in the file: `float16`, `int64`; text and JSON are `float64`. */
  readonly dtype: string
  /** Names of the columns, length `cols`. */
  readonly names?: readonly string[]
  /** Names of the rows, length `rows`. */
  readonly rowNames?: readonly string[]
  /** What the reader had to decide, in sentences for the person: `Commas are read as decimal marks.` */
  readonly notes: readonly string[]
}

/** Where in a file something is wrong; lines and columns count characters from 1, bytes count from 0. */
export type Place = { readonly line: number; readonly column: number } | { readonly byte: number }

/** A file that cannot be read: the message says what is wrong, where, and what would be right. */
export class ReadError extends Error {
  override name = 'ReadError'
  readonly place: Place | null
  readonly #what: string

  constructor(what: string, place: Place | null = null, fileName = '') {
    const where = [fileName, place === null ? '' : spell(place)].filter((part) => part !== '')
    super(where.length === 0 ? what : `${where.join(', ')}: ${what}`)
    this.place = place
    this.#what = what
  }

  /** The same error, naming its file. */
  inFile(fileName: string): ReadError {
    return new ReadError(this.#what, this.place, fileName)
  }
}

const spell = (place: Place): string =>
  'line' in place ? `line ${place.line}, column ${place.column}` : `byte ${place.byte}`

/** 64 MiB of numbers, and a header. */
export const maxFileBytes = 64 * 1024 * 1024 + 4096
const maxRowEntries = 1_000_000

/** @throws ReadError if a row is longer than a page can hold */
export function checkRowLength(cols: number, place: Place | null = null): void {
  if (cols <= maxRowEntries) return
  throw new ReadError(
    `a row has ${counted(cols, 'entry', 'entries')}; at most ${maxRowEntries} can be read. Shorten the rows.`,
    place,
  )
}
