import { standardised } from '../../math/estimators/standardised.ts'
import type { Dataset } from '../../models/mlp/train.ts'
import { shapes } from '../../models/tasks/shapes.ts'
import { twelveBits } from '../../models/tasks/twelveBits.ts'
import type { ComputeContext, DataTable } from '../contract.ts'
import type { InformationPlaneExperiment } from './experiment.ts'

/** Samples whose classes have names. */
export interface NamedDataset extends Dataset {
  /** As the labels say them, by class; shape [classes]. */
  readonly classNames: readonly string[]
}

const shapeNames = ['vertical bar', 'horizontal bar', 'diagonal', 'ring']

/** The most classes that labels of own data may name. */
const largestClassCount = 64

/** The samples that an experiment learns. @throws with what to do, if its own data is not there or has no labels */
export async function datasetOf(
  { task, data, seeds }: InformationPlaneExperiment,
  find: ComputeContext['data'],
): Promise<NamedDataset> {
  // One task for all seeds, so that runs differ in their network alone.
  const taskSeed = seeds[0] ?? 0
  if (task === 'shapes') return { ...shapes(taskSeed), classNames: shapeNames }
  if (task !== 'data') return { ...twelveBits(task, taskSeed), classNames: ['0', '1'] }
  if (data === null)
    throw new Error('The task is own data, and there is none yet: drop a CSV file with a label in its last column.')
  const table = await find(data.key)
  if (table === null) throw new Error(`This browser does not have ${data.name}: drop the file here again.`)
  return fromTable(wordsAsLabels(table))
}

/** Columns but the last are features, standardised; the last holds whole labels, whose words are the rows' names. */
export function fromTable(table: Omit<DataTable, 'key'>): NamedDataset {
  const { name, rows, cols, values, rowNames } = table
  if (cols < 2) throw new Error(`${name} has ${cols} column; it needs at least one feature and, last, the label.`)
  const features = cols - 1
  const broken = values.findIndex((value, i) => i % cols < features && !Number.isFinite(value))
  if (broken >= 0)
    throw new Error(
      `${name}, ${placeOf(table, Math.floor(broken / cols))}: feature ${(broken % cols) + 1} is ${values[broken]}; features must be finite numbers. Write one there, or leave the line out.`,
    )
  const classes = new Map<number, number>()
  const classNames: string[] = []
  const labels = Int32Array.from({ length: rows }, (_, r) => {
    const value = values[r * cols + features]!
    if (!Number.isInteger(value))
      throw new Error(`${name}, ${placeOf(table, r)}: the label is ${value}; labels must be whole numbers, or words.`)
    const id = classes.get(value) ?? classes.size
    if (id === classes.size) classNames.push(rowNames?.[r] ?? String(value))
    classes.set(value, id)
    return id
  })
  if (classes.size < 2)
    throw new Error(`${name} has the same label in every row; there must be 2 classes or more to tell apart.`)
  if (classes.size > largestClassCount)
    throw new Error(
      `${name} has ${classes.size} different labels in its last column; at most ${largestClassCount} can be learned.`,
    )
  return { inputs: standardisedFeatures(values, rows, cols), labels, features, classes: classes.size, classNames }
}

/** Where a row stands: as an editor counts, if it came from text. */
const placeOf = ({ lines }: Pick<DataTable, 'lines'>, row: number): string =>
  lines ? `line ${lines[row]}` : `row ${row + 1}`

/**
 * Words that repeat name classes: they become the last column, numbered by the alphabet, and stay as words.
 * @throws if no word repeats, and no column of numbers can take their place
 */
export function wordsAsLabels(given: Omit<DataTable, 'key'>): Omit<DataTable, 'key'> {
  const { rowNames, names, ...table } = upright(given)
  const { rows, cols, values } = table
  const classes = new Map([...new Set(rowNames)].sort().map((word, id) => [word, id]))
  const repeat = classes.size < rows
  if (rowNames !== undefined && !repeat && values.some((value, i) => i % cols === cols - 1 && !Number.isInteger(value)))
    throw new Error(
      `${table.name} has a different word in every row, so none of them is a class. Labels must be words that rows share, or whole numbers in the last column.`,
    )
  if (rowNames === undefined || !repeat) return { ...table, ...(names && { names }) }
  const labelled = new Float64Array(rows * (cols + 1))
  for (let r = 0; r < rows; r++) {
    labelled.set(values.subarray(r * cols, (r + 1) * cols), r * (cols + 1))
    labelled[r * (cols + 1) + cols] = classes.get(rowNames[r]!)!
  }
  return { ...table, rowNames, cols: cols + 1, values: labelled, ...(names && { names: [...names, 'label'] }) }
}

/** One number a line is read as a row; with words that repeat beside it, it is a column of samples. */
function upright(table: Omit<DataTable, 'key'>): Omit<DataTable, 'key'> {
  const { rows, cols, names, rowNames, ...rest } = table
  if (rows > 1 || names === undefined || new Set(names).size === cols) return table
  return { ...rest, rows: cols, cols: 1, rowNames: names, ...(rowNames && { names: rowNames }) }
}

/** All columns but the last, standardised, shape [rows, cols − 1]. */
function standardisedFeatures(values: Float64Array, rows: number, cols: number): Float64Array {
  const features = cols - 1
  const raw = new Float64Array(rows * features)
  for (let r = 0; r < rows; r++) raw.set(values.subarray(r * cols, r * cols + features), r * features)
  return standardised({ rows, cols: features, values: raw }).values
}
