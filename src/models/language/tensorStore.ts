import { ReadError } from '../readers/numberTable.ts'

/** Named tensors, read entry range by entry range. */
export interface TensorStore {
  /** Shape of a tensor, or undefined where there is none of that name. */
  readonly shape: (name: string) => readonly number[] | undefined
  /** Entries [first, end), row-major. */
  readonly read: (name: string, first: number, end: number) => Promise<Float32Array>
}

/** Names and the shapes that they must have. */
export type ExpectedTensors = ReadonlyMap<string, readonly number[]>

const spell = (shape: readonly number[]): string => `(${shape.join(', ')})`

/**
 * Holds a file to what its architecture needs.
 * @throws ReadError naming the first tensor that is missing or misshapen, and the shape it must have
 */
export function checkTensors(store: TensorStore, expected: ExpectedTensors, family: string): void {
  for (const [name, shape] of expected) {
    const found = store.shape(name)
    if (found === undefined)
      throw new ReadError(
        `tensor "${name}" is missing; a ${family} model of this size needs it, shape ${spell(shape)}.`,
      )
    if (found.length !== shape.length || found.some((size, i) => size !== shape[i]))
      throw new ReadError(
        `tensor "${name}" has shape ${spell(found)}; ${spell(shape)} is expected from the model's sizes.`,
      )
  }
}

export const entriesOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1)

/** A whole tensor. @throws ReadError if there is none of that name */
export function readWhole(store: TensorStore, name: string): Promise<Float32Array> {
  const shape = store.shape(name)
  if (shape === undefined) throw new ReadError(`tensor "${name}" is missing.`)
  return store.read(name, 0, entriesOf(shape))
}

/** Rows [first, end) of a matrix. */
export const readRows = (store: TensorStore, name: string, width: number, first: number, end: number) =>
  store.read(name, first * width, end * width)

/** Rows and columns that are turned over together: 16 KiB, which stay in the first cache. */
const tile = 64

/** A matrix of shape [rows, cols], turned over: shape [cols, rows]. */
export function transposed(matrix: Float32Array, rows: number, cols: number): Float32Array {
  const out = new Float32Array(matrix.length)
  for (let top = 0; top < rows; top += tile)
    for (let left = 0; left < cols; left += tile)
      for (let r = top; r < Math.min(rows, top + tile); r++)
        for (let c = left; c < Math.min(cols, left + tile); c++) out[c * rows + r] = matrix[r * cols + c]!
  return out
}

/** Embeddings of the ids: one row of `name` each, as float64; shape [ids, width]. */
export async function embeddingsOf(
  store: TensorStore,
  name: string,
  width: number,
  ids: readonly number[],
): Promise<Float64Array> {
  const out = new Float64Array(ids.length * width)
  const rows = new Map<number, Float32Array>()
  for (const [t, id] of ids.entries()) {
    const row = rows.get(id) ?? (await readRows(store, name, width, id, id + 1))
    rows.set(id, row)
    out.set(row, t * width)
  }
  return out
}

/** Adds rows 0 to T − 1 of `name`, one position each, to embeddings of shape [T, width]. */
export async function addPositions(store: TensorStore, name: string, embeddings: Float64Array): Promise<Float64Array> {
  const rows = await store.read(name, 0, embeddings.length)
  for (let i = 0; i < embeddings.length; i++) embeddings[i]! += rows[i]!
  return embeddings
}

/**
 * The same store, which keeps what it read, up to `budget` bytes: a small model is read once, of a large one as much as
 * fits.
 */
export function kept(store: TensorStore, budget: number): TensorStore {
  const known = new Map<string, Float32Array>()
  let room = budget
  return {
    shape: store.shape,
    async read(name, first, end) {
      const key = `${name} ${first} ${end}`
      const here = known.get(key)
      if (here) return here
      const values = await store.read(name, first, end)
      if (values.byteLength <= room) {
        known.set(key, values)
        room -= values.byteLength
      }
      return values
    },
  }
}
