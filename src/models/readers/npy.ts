import { checkRowLength, ReadError, type NumberTable } from './numberTable.ts'
import { halfToNumber } from './smallFloats.ts'

type ReadAt = (view: DataView, byte: number, little: boolean) => number

interface NpyType {
  readonly dtype: string
  readonly bytes: number
  readonly readAt: ReadAt
}

/** By kind and width, as a header's descr spells them. */
const types: Readonly<Record<string, NpyType>> = {
  f2: { dtype: 'float16', bytes: 2, readAt: (view, at, little) => halfToNumber(view.getUint16(at, little)) },
  f4: { dtype: 'float32', bytes: 4, readAt: (view, at, little) => view.getFloat32(at, little) },
  f8: { dtype: 'float64', bytes: 8, readAt: (view, at, little) => view.getFloat64(at, little) },
  i1: { dtype: 'int8', bytes: 1, readAt: (view, at) => view.getInt8(at) },
  i2: { dtype: 'int16', bytes: 2, readAt: (view, at, little) => view.getInt16(at, little) },
  i4: { dtype: 'int32', bytes: 4, readAt: (view, at, little) => view.getInt32(at, little) },
  i8: { dtype: 'int64', bytes: 8, readAt: (view, at, little) => Number(view.getBigInt64(at, little)) },
  u1: { dtype: 'uint8', bytes: 1, readAt: (view, at) => view.getUint8(at) },
  u2: { dtype: 'uint16', bytes: 2, readAt: (view, at, little) => view.getUint16(at, little) },
  u4: { dtype: 'uint32', bytes: 4, readAt: (view, at, little) => view.getUint32(at, little) },
  u8: { dtype: 'uint64', bytes: 8, readAt: (view, at, little) => Number(view.getBigUint64(at, little)) },
  b1: { dtype: 'bool', bytes: 1, readAt: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) },
}
const allowed = 'float16, float32, float64, int8 to int64, uint8 to uint64 and bool'

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]

/** True for the six bytes that open every NPY file. */
export const isNpy = (bytes: Uint8Array): boolean => magic.every((byte, index) => bytes[index] === byte)

interface Header {
  readonly descr: string
  readonly fortranOrder: boolean
  readonly shape: readonly number[]
  /** Byte where the numbers start. */
  readonly dataStart: number
}

/**
 * Reads an array saved by NumPy: versions 1 to 3, either byte order, C or Fortran order, 0 to 2 dimensions.
 * Integers beyond 2^53 are rounded to the nearest double, and a note says so.
 * @throws ReadError naming the byte, or the shape and what is allowed
 */
export function readNpy(bytes: Uint8Array): NumberTable {
  const { descr, fortranOrder, shape, dataStart } = readHeader(bytes)
  const type = typeOf(descr)
  const [rows, cols] = rowsAndCols(shape)
  const view = dataOf(bytes, { shape, dataStart }, type)
  const values = readEntries(view, type, descr.charAt(0) !== '>', fortranOrder ? [rows, cols] : null)
  const rounded = type.bytes === 8 && type.dtype !== 'float64' && values.some((value) => Math.abs(value) > 2 ** 53)
  const notes = rounded ? ['Integers beyond 2^53 are rounded to the nearest double.'] : []
  return { rows, cols, values, format: 'NPY', dtype: type.dtype, notes }
}

/** An array of any number of dimensions. */
export interface NpyArray {
  readonly shape: readonly number[]
  /** Row-major. */
  readonly values: Float64Array
}

/**
 * Reads an array saved by NumPy whatever its number of dimensions, in C order.
 * @throws ReadError naming the byte, or what cannot be read
 */
export function readNpyArray(bytes: Uint8Array): NpyArray {
  const { descr, fortranOrder, shape, dataStart } = readHeader(bytes)
  if (fortranOrder && shape.length > 1)
    throw new ReadError('the numbers lie in Fortran order. Save np.ascontiguousarray(a) instead.')
  const type = typeOf(descr)
  return { shape, values: readEntries(dataOf(bytes, { shape, dataStart }, type), type, descr.charAt(0) !== '>', null) }
}

/** Bytes at the start of a file that hold its header, structured arrays aside. */
export const npyHeaderBytes = 2 ** 16 + 16

export interface NpyExtent {
  readonly shape: readonly number[]
  readonly entries: number
  /** The byte behind the last entry. */
  readonly end: number
}

/**
 * How much an array holds, from the first bytes of its file.
 * @throws ReadError as {@link readNpyArray} for a header that cannot be read
 */
export function npyExtent(start: Uint8Array): NpyExtent {
  const { descr, shape, dataStart } = readHeader(start)
  const entries = shape.reduce((product, size) => product * size, 1)
  return { shape, entries, end: dataStart + entries * typeOf(descr).bytes }
}

function typeOf(descr: string): NpyType {
  const type = types[descr.slice(1)]
  if (type !== undefined && '<>|='.includes(descr.charAt(0))) return type
  throw new ReadError(
    `the numbers have type "${descr}". Types that can be read: ${allowed}; convert with .astype("float64").`,
  )
}

/** The bytes of all entries. @throws ReadError if the file has fewer */
function dataOf(bytes: Uint8Array, { shape, dataStart }: Pick<Header, 'shape' | 'dataStart'>, type: NpyType): DataView {
  const needed = shape.reduce((product, size) => product * size, type.bytes)
  if (bytes.length - dataStart < needed) {
    throw new ReadError(
      `the file is cut short: shape ${spellShape(shape)} of ${type.dtype} needs ${needed} bytes of data, ` +
        `there are ${bytes.length - dataStart}.`,
      { byte: bytes.length },
    )
  }
  return new DataView(bytes.buffer, bytes.byteOffset + dataStart, needed)
}

/** @param fortran  the shape, if the numbers lie column by column */
function readEntries(view: DataView, type: NpyType, little: boolean, fortran: readonly [number, number] | null) {
  const { bytes, readAt } = type
  const length = view.byteLength / bytes
  const values = new Float64Array(length)
  if (fortran === null) {
    for (let i = 0; i < length; i++) values[i] = readAt(view, i * bytes, little)
    return values
  }
  const [rows, cols] = fortran
  for (let c = 0; c < cols; c++) {
    for (let r = 0; r < rows; r++) values[r * cols + c] = readAt(view, (c * rows + r) * bytes, little)
  }
  return values
}

function rowsAndCols(shape: readonly number[]): [number, number] {
  if (shape.length > 2) {
    throw new ReadError(
      `the array has shape ${spellShape(shape)}. Give one row (n,) or rows (m, n); choose a slice first.`,
    )
  }
  if (shape.includes(0)) throw new ReadError(`the array has shape ${spellShape(shape)}: it holds no numbers.`)
  const [rows, cols] = shape.length === 2 ? shape : [1, shape[0] ?? 1]
  checkRowLength(cols!)
  return [rows!, cols!]
}

const spellShape = (shape: readonly number[]): string => `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`

function readHeader(bytes: Uint8Array): Header {
  const version = bytes[6] ?? 0
  const lengthBytes = version === 1 ? 2 : 4
  const start = 8 + lengthBytes
  if (bytes.length < start) throw new ReadError('the file ends inside the NPY header.', { byte: bytes.length })
  if (version < 1 || version > 3) {
    throw new ReadError(`NPY version ${version}; versions 1 to 3 can be read. Save again with np.save.`, { byte: 6 })
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, start)
  const length = lengthBytes === 2 ? view.getUint16(8, true) : view.getUint32(8, true)
  if (start + length > bytes.length) throw new ReadError('the file ends inside the NPY header.', { byte: bytes.length })
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(start, start + length))
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1]
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1]
  const shape = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(text)?.[1]
  if (descr === undefined && /'descr'\s*:\s*\[/.test(text)) {
    throw new ReadError('this is a structured array with named fields. Save one field of plain numbers.', {
      byte: start,
    })
  }
  if (descr === undefined || order === undefined || shape === undefined) {
    throw new ReadError('the NPY header lacks descr, fortran_order or shape. Save again with np.save.', { byte: start })
  }
  const sizes = shape.match(/\d+/g) ?? []
  return { descr, fortranOrder: order === 'True', shape: sizes.map(Number), dataStart: start + length }
}
