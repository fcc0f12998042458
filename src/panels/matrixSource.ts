import { DomainError, ShapeError } from '../math/errors.ts'
import type { Matrix } from '../math/linalg/matrix.ts'
import type { ComputeContext } from './contract.ts'
import type { MatrixReference } from './matrixFields.ts'
import { matricesOf, type MatrixChoice } from './readMatrix.ts'
import { leastCount } from './span.ts'

/** How large a matrix a panel takes. */
export interface MatrixLimit {
  /** Rows times columns. */
  readonly entries: number
  /** Of rows and columns, the fewer. */
  readonly shortSide: number
  /** Default 2. */
  readonly leastColumns?: 1 | 2
}

/** A matrix that somebody brought, or the part of it that is taken; all entries are finite, and it is at least as large as the limit asks. */
export interface BroughtMatrix extends Matrix {
  /** Of the file. */
  readonly name: string
  readonly kind: MatrixChoice['kind']
  readonly tensor: string | null
  /** As the file calls it: `float64`, `F16`; `text` for numbers that were written out. */
  readonly dtype: string
  /** Before a part was taken. */
  readonly whole: Sides
  /** Everything that the file has to offer. */
  readonly choices: readonly MatrixOffer[]
}

export interface Sides {
  readonly rows: number
  readonly cols: number
}

/** A matrix of a file, by name and size. */
export interface MatrixOffer extends Omit<MatrixChoice, 'readRows'> {
  /** The file, as the experiment names it. */
  readonly file: string
}

/** What the file of an experiment offers: nothing known yet, where a result is still of another file. */
export const offersOf = (choices: readonly MatrixOffer[], { file }: Pick<MatrixReference, 'file'>): MatrixOffer[] =>
  choices.filter((choice) => choice.file === file)

/**
 * The matrix that an experiment names.
 * @throws an error that says what to do: no such tensor (with those that there are), a matrix beyond the limit (with a
 *         part that fits), a single row or column, an entry that is not finite (with its place)
 */
export async function readMatrix(
  { config, tensor, rows, columns }: MatrixReference,
  reference: string,
  find: ComputeContext['file'],
  limit: MatrixLimit,
): Promise<BroughtMatrix> {
  const file = await find(reference)
  const choices = await matricesOf(file, config === null ? null : await find(config))
  const chosen = choiceOf(choices, tensor, file.name)
  const title = `${file.name}${tensor === null ? '' : `, ${tensor}`}`
  const taken = {
    rows: rangeOf(title, 'rows', rows, chosen.rows),
    columns: rangeOf(title, 'columns', columns, chosen.cols),
  }
  checkSides(title, sidesOf(taken), limit)
  const matrix = await partOf(chosen, taken)
  checkEntries(title, matrix, [rows?.[0] ?? 0, columns?.[0] ?? 0])
  const whole = { rows: chosen.rows, cols: chosen.cols }
  const { kind, dtype } = chosen
  return {
    ...matrix,
    name: file.name,
    kind,
    tensor: chosen.tensor,
    dtype,
    whole,
    choices: choices.map(offerFrom(reference)),
  }
}

/** `weights.safetensors, lm_head.weight`; and `weights.safetensors, output layer` for a model's. */
export function titleOf({ name, tensor, kind }: Pick<BroughtMatrix, 'name' | 'tensor' | 'kind'>): string {
  if (tensor !== null) return `${name}, ${tensor}`
  return kind === 'table' ? name : `${name}, ${kind}`
}

const offerFrom =
  (file: string) =>
  ({ tensor, kind, rows, cols, dtype }: MatrixChoice): MatrixOffer => ({
    file,
    tensor,
    kind,
    rows,
    cols,
    dtype,
  })

function choiceOf(choices: Awaited<ReturnType<typeof matricesOf>>, tensor: string | null, name: string): MatrixChoice {
  const found = choices.find((choice) => choice.tensor === tensor)
  if (found) return found
  if (tensor === null && choices.length === 1) return choices[0]
  const listed = choices.slice(0, 12).map((choice) => `${choice.tensor ?? choice.kind} (${shapeOf(choice)})`)
  const more = choices.length > 12 ? `, and ${choices.length - 12} more` : ''
  const asked =
    tensor === null ? 'several matrices: name one of them as tensor' : `no tensor "${tensor}" that is a matrix`
  throw new ShapeError(`${name} has ${asked}. There are ${listed.join(', ')}${more}.`)
}

const count = (n: number) => n.toLocaleString('en-US')
const shapeOf = ({ rows, cols }: Sides) => `${count(rows)} × ${count(cols)}`

type Range = readonly [first: number, end: number]
interface Taken {
  readonly rows: Range
  readonly columns: Range
}

function rangeOf(title: string, what: string, range: Range | null, size: number): Range {
  if (range === null) return [0, size]
  if (range[1] <= size) return range
  throw new ShapeError(`${title} has ${count(size)} ${what}; ${what} [${range.join(', ')}] end beyond them.`)
}

const sidesOf = ({ rows, columns }: Taken): Sides => ({ rows: rows[1] - rows[0], cols: columns[1] - columns[0] })

export const fits = ({ rows, cols }: Sides, { entries, shortSide }: MatrixLimit): boolean =>
  rows * cols <= entries && Math.min(rows, cols) <= shortSide

/** The first rows, and if need be columns, that are within a limit; null where all are. */
export function fittingPart(
  sides: Sides,
  limit: MatrixLimit,
): { rows: [number, number]; columns: [number, number] } | null {
  if (fits(sides, limit)) return null
  const { entries, shortSide } = limit
  // A layer's columns are its hidden size, its rows are tokens: rows go first.
  const cols = Math.min(sides.cols, Math.max(shortSide, Math.floor(entries / Math.min(sides.rows, shortSide))))
  const most = Math.max(1, Math.floor(entries / cols))
  const rows = Math.min(sides.rows, cols > shortSide ? Math.min(most, shortSide) : most)
  return { rows: [0, rows], columns: [0, cols] }
}

/** @throws ShapeError for a single row, for a single column where that is too few, and beyond the limit, with a part that fits */
export function checkSides(title: string, sides: Sides, limit: MatrixLimit): void {
  const { leastColumns = leastCount } = limit
  if (sides.rows < leastCount || sides.cols < leastColumns)
    throw new ShapeError(
      `${title} is ${shapeOf(sides)}: one ${sides.rows < leastCount ? 'row' : 'column'}. A matrix here needs at least 2 rows${leastColumns === 1 ? '' : ' and 2 columns'}.`,
    )
  const part = fittingPart(sides, limit)
  if (part === null) return
  const { rows, columns } = part
  const most =
    Math.min(sides.rows, sides.cols) > limit.shortSide
      ? `the shorter side may be at most ${count(limit.shortSide)}`
      : `at most ${count(limit.entries)} entries can be taken`
  const named = [
    ...(rows[1] < sides.rows ? [`rows [${rows.join(', ')}]`] : []),
    ...(columns[1] < sides.cols ? [`columns [${columns.join(', ')}]`] : []),
  ]
  throw new ShapeError(`${title} is ${shapeOf(sides)}; ${most}. Choose a part of it: ${named.join(' and ')}.`)
}

async function partOf(choice: MatrixChoice, { rows, columns }: Taken): Promise<Matrix> {
  const read = await choice.readRows(rows[0], rows[1])
  if (columns[0] === 0 && columns[1] === choice.cols)
    return { rows: rows[1] - rows[0], cols: choice.cols, values: Float64Array.from(read) }
  const sides = sidesOf({ rows, columns })
  const values = new Float64Array(sides.rows * sides.cols)
  for (let r = 0, i = 0; r < sides.rows; r++)
    for (let c = columns[0]; c < columns[1]; c++, i++) values[i] = read[r * choice.cols + c]!
  return { ...sides, values }
}

/**
 * @param start  row and column of the first entry, in the whole matrix
 * @throws DomainError naming the first entry that is not finite
 */
export function checkEntries(title: string, { cols, values }: Matrix, start: readonly [number, number] = [0, 0]): void {
  const at = values.findIndex((value) => !Number.isFinite(value))
  if (at < 0) return
  const place = `row ${start[0] + Math.floor(at / cols)}, column ${start[1] + (at % cols)} (from 0)`
  throw new DomainError(`${title}: the entry at ${place} is ${values[at]}; every entry must be finite.`)
}
