import { counted } from '../math/counted.ts'
import { looksLikeLlama2c } from '../models/language/llama2c.ts'
import { openModel } from '../models/language/openModel.ts'
import { readExactly, type ByteSource } from '../models/readers/byteSource.ts'
import { isNpy, npyExtent, npyHeaderBytes } from '../models/readers/npy.ts'
import { maxFileBytes, ReadError } from '../models/readers/numberTable.ts'
import { parseNumbers } from '../models/readers/parseNumbers.ts'
import { openSafetensors, readTensor, type SafetensorsFile } from '../models/readers/safetensors.ts'
import type { NamedFile } from './contract.ts'

/** One matrix that a file holds, not yet read. */
export interface MatrixChoice {
  /** Name in its file; null for the only table, and for a model's output layer. */
  readonly tensor: string | null
  readonly kind: 'table' | 'tensor' | 'output layer'
  readonly rows: number
  readonly cols: number
  /** As its file calls it: `float64`, `F16`. */
  readonly dtype: string
  /** Rows [first, end), row-major. */
  readonly readRows: (first: number, end: number) => Promise<ArrayLike<number>>
}

type Choices = readonly [MatrixChoice, ...MatrixChoice[]]

/** Files stay open as long as they are there: another choice must not parse a table again. */
const open = new WeakMap<ByteSource, { readonly config: ByteSource | null; readonly choices: Choices }>()

/**
 * The matrices of a file, a model's output layer first.
 * @param config  a model's config.json, or null
 * @throws ReadError naming the file and what is wrong with it
 */
export async function matricesOf(file: NamedFile, config: NamedFile | null): Promise<Choices> {
  const known = open.get(file.source)
  if (known && known.config === (config?.source ?? null)) return known.choices
  try {
    const choices = await choicesOf(file, config)
    open.set(file.source, { config: config?.source ?? null, choices })
    return choices
  } catch (error) {
    throw error instanceof ReadError ? error.inFile(file.name) : error
  }
}

async function choicesOf({ name, source }: NamedFile, config: NamedFile | null): Promise<Choices> {
  const format = await formatOf(source)
  if (format === 'safetensors') return ofSafetensors(source, config && (await textOf(config)))
  if (format === 'llama2c') return [await outputLayer(source, null, 'float32')]
  if (source.size > maxFileBytes)
    throw new ReadError(
      `${Math.ceil(source.size / 2 ** 20)} MiB; at most 64 MiB of numbers can be read. Save fewer rows, float16, or safetensors.`,
    )
  if (config !== null) throw tableBeside(config.name, name)
  await refuseVector({ name, source })
  const { rows, cols, values, ...table } = parseNumbers(await readExactly(source, 0, source.size), name)
  const readRows = (first: number, end: number) => Promise.resolve(values.subarray(first * cols, end * cols))
  return [{ tensor: null, kind: 'table', rows, cols, dtype: table.format === 'NPY' ? table.dtype : 'text', readRows }]
}

/** What is said of a model’s config that comes with a table of numbers. */
export const tableBeside = (config: string, table: string): ReadError =>
  new ReadError(`numbers in a table need no config, and ${config} was opened beside them. Open one alone.`, null, table)

/** @throws ReadError for an NPY file of fewer than two dimensions: it may be a row, or a column */
export async function refuseVector({ name, source }: NamedFile): Promise<void> {
  const start = await readExactly(source, 0, Math.min(npyHeaderBytes, source.size))
  if (!isNpy(start)) return
  const { shape, entries } = npyExtent(start)
  if (shape.length < 2)
    throw new ReadError(
      `the array is ${shape.length}-D: ${counted(entries, 'number')}. A matrix is 2-D: save a.reshape(rows, columns).`,
      null,
      name,
    )
}

/** What a file is, by its first bytes. */
export async function formatOf(source: ByteSource): Promise<'safetensors' | 'llama2c' | 'table'> {
  const start = await readExactly(source, 0, Math.min(64, source.size))
  // Eight bytes of length, whose last is 0 in any file there is, and a brace.
  if (start[7] === 0 && start[8] === 0x7b) return 'safetensors'
  return looksLikeLlama2c(start) ? 'llama2c' : 'table'
}

/** Weights with a config are a model, whose output layer comes first. */
async function ofSafetensors(source: ByteSource, config: string | null): Promise<Choices> {
  const file = await openSafetensors(source)
  const tensors = [...file.tensors.values()].flatMap((entry) => tensorChoice(file, entry))
  const types = new Set(tensors.map(({ dtype }) => dtype))
  const text = config ?? file.metadata.get('config')
  if (text !== undefined)
    return [await outputLayer(source, text, types.size === 1 ? [...types][0]! : 'float32'), ...tensors]
  const [first, ...rest] = tensors
  if (first) return [first, ...rest]
  const shapes = [...file.tensors.values()].map((entry) => `${entry.name} (${entry.shape.join(', ')})`)
  throw new ReadError(`there is no tensor of two dimensions; there are: ${shapes.slice(0, 10).join(', ') || 'none'}.`)
}

type Entry = Parameters<typeof readTensor>[1]

function tensorChoice(file: SafetensorsFile, entry: Entry): MatrixChoice[] {
  const { name, shape, dtype } = entry
  const [rows, cols] = shape
  if (shape.length !== 2 || rows === undefined || cols === undefined) return []
  const readRows = (first: number, end: number) => readTensor(file, entry, first * cols, end * cols)
  return [{ tensor: name, kind: 'tensor', rows, cols, dtype, readRows }]
}

async function outputLayer(source: ByteSource, config: string | null, dtype: string): Promise<MatrixChoice> {
  const { shape, outputRows } = await openModel(source, config)
  const { vocabulary: rows, width: cols } = shape
  return { tensor: null, kind: 'output layer', rows, cols, dtype, readRows: outputRows }
}

const mostConfig = 2 ** 24

async function textOf({ name, source }: NamedFile): Promise<string> {
  if (source.size > mostConfig) throw new ReadError('too large for a config.json.', null, name)
  return new TextDecoder().decode(await readExactly(source, 0, source.size))
}
