import { brainsOf, floatsOf, halvesOf } from './bulkFloats.ts'
import { readExactly, type ByteSource } from './byteSource.ts'
import { ReadError } from './numberTable.ts'

/** Where one tensor's numbers lie in its file. */
export interface TensorEntry {
  readonly name: string
  readonly dtype: TensorType
  readonly shape: readonly number[]
  /** Number of entries: the product of the shape. */
  readonly length: number
  /** First byte of its numbers, in the file. */
  readonly start: number
}

export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, TensorEntry>
  /** Free words that the writer left. */
  readonly metadata: ReadonlyMap<string, string>
  readonly source: ByteSource
}

type Decoder =
  | {
      readonly bytes: number
      /** The types that weights have: many at once. */
      readonly all: (bytes: Uint8Array) => Float32Array
    }
  | {
      readonly bytes: number
      /** The values fit in a float32. */
      readonly single: boolean
      readonly readAt: (view: DataView, byte: number) => number
    }

const decoders = {
  F64: { bytes: 8, single: false, readAt: (view, at) => view.getFloat64(at, true) },
  F32: { bytes: 4, all: floatsOf },
  F16: { bytes: 2, all: halvesOf },
  BF16: { bytes: 2, all: brainsOf },
  I64: { bytes: 8, single: false, readAt: (view, at) => Number(view.getBigInt64(at, true)) },
  U64: { bytes: 8, single: false, readAt: (view, at) => Number(view.getBigUint64(at, true)) },
  I32: { bytes: 4, single: false, readAt: (view, at) => view.getInt32(at, true) },
  U32: { bytes: 4, single: false, readAt: (view, at) => view.getUint32(at, true) },
  I16: { bytes: 2, single: true, readAt: (view, at) => view.getInt16(at, true) },
  U16: { bytes: 2, single: true, readAt: (view, at) => view.getUint16(at, true) },
  I8: { bytes: 1, single: true, readAt: (view, at) => view.getInt8(at) },
  U8: { bytes: 1, single: true, readAt: (view, at) => view.getUint8(at) },
  BOOL: { bytes: 1, single: true, readAt: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) },
} as const satisfies Record<string, Decoder>

type TensorType = keyof typeof decoders

const isTensorType = (dtype: unknown): dtype is TensorType =>
  typeof dtype === 'string' && Object.hasOwn(decoders, dtype)

/** The format's own limit. */
const maxHeaderBytes = 100_000_000

/**
 * Reads the table of contents of a safetensors file, not its numbers.
 * @throws ReadError naming the byte or the tensor
 */
export async function openSafetensors(source: ByteSource): Promise<SafetensorsFile> {
  if (source.size < 8) throw new ReadError('too short for a safetensors file.', { byte: source.size })
  const prefix = await readExactly(source, 0, 8)
  const headerBytes = Number(new DataView(prefix.buffer, prefix.byteOffset, 8).getBigUint64(0, true))
  const dataStart = 8 + headerBytes
  if (headerBytes > maxHeaderBytes || dataStart > source.size) {
    throw new ReadError(
      `the header claims ${headerBytes} bytes, but the file has ${source.size}: it is cut short, or not safetensors.`,
      { byte: 0 },
    )
  }
  const header = parseHeader(await readExactly(source, 8, dataStart))
  const tensors = new Map<string, TensorEntry>()
  const metadata = new Map<string, string>()
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') {
      for (const [key, value] of Object.entries(isRecord(entry) ? entry : {})) metadata.set(key, String(value))
    } else tensors.set(name, checkEntry(name, entry, dataStart, source.size))
  }
  return { tensors, metadata, source }
}

/**
 * Entries [first, end) of a tensor, row-major: ask for whole rows to go through a large one piece by piece.
 * @returns Float32Array where the type fits in it, else Float64Array (64-bit integers beyond 2^53 are rounded)
 * @throws ReadError if the file cannot give them
 */
export async function readTensor(
  file: SafetensorsFile,
  tensor: TensorEntry,
  first = 0,
  end = tensor.length,
): Promise<Float32Array | Float64Array> {
  if (!(first >= 0 && end <= tensor.length && first <= end)) {
    throw new ReadError(`entries ${first} to ${end} of "${tensor.name}" asked for; it has ${tensor.length}.`)
  }
  const decoder: Decoder = decoders[tensor.dtype]
  const { bytes } = decoder
  const raw = await readExactly(file.source, tensor.start + first * bytes, tensor.start + end * bytes)
  if ('all' in decoder) return decoder.all(raw)
  const { single, readAt } = decoder
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength)
  const values = single ? new Float32Array(end - first) : new Float64Array(end - first)
  for (let i = 0; i < values.length; i++) values[i] = readAt(view, i * bytes)
  return values
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (isRecord(header)) return header
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new ReadError('the header is not a JSON object: this is not a safetensors file.', { byte: 8 })
}

const isSize = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

function checkEntry(name: string, entry: unknown, dataStart: number, fileSize: number): TensorEntry {
  const wrong = (what: string) => new ReadError(`tensor "${name}" ${what}`)
  if (!isRecord(entry)) throw wrong('is described by no object.')
  const { dtype, shape, data_offsets: offsets } = entry
  if (!isTensorType(dtype)) {
    throw wrong(`has type ${JSON.stringify(dtype)}; types that can be read: ${Object.keys(decoders).join(', ')}.`)
  }
  if (!Array.isArray(shape) || !shape.every(isSize)) throw wrong('has no shape of whole numbers.')
  if (!Array.isArray(offsets)) throw wrong('has no data_offsets.')
  const [from, to]: unknown[] = offsets
  if (!isSize(from) || !isSize(to)) throw wrong('has no data_offsets of two whole numbers.')
  const length = shape.reduce((product, size) => product * size, 1)
  if (to - from !== length * decoders[dtype].bytes) {
    throw wrong(
      `of shape (${shape.join(', ')}) and type ${dtype} needs ${length * decoders[dtype].bytes} bytes, has ${to - from}.`,
    )
  }
  if (dataStart + to > fileSize)
    throw wrong(`ends at byte ${dataStart + to}, but the file has ${fileSize}: it is cut short.`)
  return { name, dtype, shape, length, start: dataStart + from }
}
