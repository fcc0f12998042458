import { blobSource } from '../models/readers/byteSource.ts'
import { ReadError } from '../models/readers/numberTable.ts'
import type { NamedFile, PanelResult, PanelViewProps } from './contract.ts'
import { noMatrix, type MatrixReference } from './matrixFields.ts'
import {
  checkEntries,
  checkSides,
  fittingPart,
  readMatrix,
  type MatrixLimit,
  type MatrixOffer,
  type Sides,
} from './matrixSource.ts'
import { formatOf, matricesOf, refuseVector, tableBeside, type MatrixChoice } from './readMatrix.ts'

/** What a view gives to those who bring files. */
export type Keeper = Pick<PanelViewProps<object, PanelResult>, 'readTable' | 'keepFile'>

/**
 * Takes the files that a person chose together, a matrix or a model and perhaps its config.json, and gives the fields
 * that name them. Of a matrix beyond the limit the first part that fits is taken, and the fields say which.
 * @param before  the fields as they are: a config that comes alone joins the file that was there
 * @throws an error that says what is wrong, and where; nothing was kept then
 */
export async function bringMatrix(
  files: readonly File[],
  before: MatrixReference,
  keeper: Keeper,
  limit: MatrixLimit,
): Promise<MatrixReference> {
  const roles = await Promise.all(files.map(async (file) => ({ file, config: await isConfig(file) })))
  const config = roles.find((each) => each.config)?.file
  const matrix = roles.find((each) => !each.config)?.file
  if (matrix === undefined) {
    if (config === undefined || before.file === null)
      throw new ReadError(
        'a JSON object with "model_type" is taken for a model’s config.json, which holds no matrix. Open it together with the model’s weights, or bring rows of numbers: [[1, 2], [3, 4]].',
        null,
        config?.name ?? '',
      )
    return { ...before, ...noPart, config: await keeper.keepFile(config, config.name) }
  }
  const part = await checkedPart(named(matrix), config ? named(config) : null, matrix, keeper, limit)
  return {
    ...part,
    file: await keeper.keepFile(matrix, matrix.name),
    config: config ? await keeper.keepFile(config, config.name) : null,
  }
}

export type MatrixPart = Omit<MatrixReference, 'file' | 'config'>

const noPart: MatrixPart = { tensor: null, rows: null, columns: null }
const named = (file: File): NamedFile => ({ name: file.name, source: blobSource(file) })

async function checkedPart(
  file: NamedFile,
  config: NamedFile | null,
  blob: Blob,
  { readTable }: Keeper,
  limit: MatrixLimit,
): Promise<MatrixReference> {
  if ((await formatOf(file.source)) === 'table') {
    if (config !== null) throw tableBeside(config.name, file.name)
    // Off the page's thread: a large text takes seconds.
    const table = await readTable(blob, file.name)
    if (table.rows === 1) await refuseVector(file)
    const part = partWithin(table, limit)
    if (part === noPart) checkSides(file.name, table, limit)
    checkEntries(file.name, table)
    return { ...noMatrix, ...part }
  }
  const choice = likeliest(await matricesOf(file, config))
  const reference = { ...noMatrix, ...partOf(choice, limit), config: config && 'config' }
  await readMatrix(reference, 'file', async (name) => (name === 'config' && config ? config : file), limit)
  return reference
}

/** Of one matrix of a file: all of it where that fits, else the first part that does. */
export const partOf = (choice: Sides & Pick<MatrixOffer, 'tensor'>, limit: MatrixLimit): MatrixPart => ({
  ...partWithin(choice, limit),
  tensor: choice.tensor,
})

function partWithin(sides: Sides, limit: MatrixLimit): MatrixPart {
  const part = fittingPart(sides, limit)
  if (part === null) return noPart
  const cut = ([first, end]: [number, number], size: number): [number, number] | null =>
    end < size ? [first, end] : null
  return { tensor: null, rows: cut(part.rows, sides.rows), columns: cut(part.columns, sides.cols) }
}

/** The output layer, or what is called like one, or the largest. */
function likeliest(choices: readonly [MatrixChoice, ...MatrixChoice[]]): MatrixChoice {
  const byName = (pattern: RegExp) => choices.find(({ tensor }) => tensor === null || pattern.test(tensor))
  const largest = choices.reduce((best, each) => (each.rows * each.cols > best.rows * best.cols ? each : best))
  return byName(/lm_head|unembed|output\.weight$/i) ?? byName(/wte|embed_tokens|embedding/i) ?? largest
}

const mostConfig = 2 ** 22

/** True for a JSON object that names its model_type at its top: a tokenizer's or an own file's may do so deeper. */
async function isConfig(file: File): Promise<boolean> {
  if (file.size > mostConfig || !/^\s*\{/.test(await file.slice(0, 64).text())) return false
  try {
    return Object.hasOwn(JSON.parse(await file.text()), 'model_type')
  } catch {
    // Not JSON: whoever reads its numbers says where it breaks.
    return false
  }
}
