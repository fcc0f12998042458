import { readExactly, type ByteSource } from '../readers/byteSource.ts'
import { isNpy, npyExtent, npyHeaderBytes, readNpyArray } from '../readers/npy.ts'
import { ReadError } from '../readers/numberTable.ts'
import { openSafetensors, readTensor, type TensorEntry } from '../readers/safetensors.ts'
import type { Maps } from './metrics.ts'

/** Most entries of maps that a page holds. */
export const mostMapEntries = 2 ** 25

/**
 * Reads attention maps that another program saved: NPY, or the one tensor of four dimensions in a safetensors file, of
 * shape [layers, heads, T, T]; three dimensions are the heads of one layer, five have a batch of one text. Entries above the diagonal must be 0.
 * @throws ReadError saying what the shape is and must be, or which weight looks ahead
 */
export async function readMaps(source: ByteSource): Promise<Maps> {
  const start = await readExactly(source, 0, Math.min(npyHeaderBytes, source.size))
  const { shape, values } = isNpy(start) ? await readFromNpy(source, start) : await readFromSafetensors(source)
  const [layers, heads, queries, keys] = shape.length === 3 ? [1, ...shape] : withoutBatch(shape)
  if (shape.length < 3 || withoutBatch(shape).length > 4 || queries !== keys || !layers || !heads || !queries)
    throw new ReadError(`the array has shape (${shape.join(', ')}); attention maps have (layers, heads, T, T).`)
  const maps = { layers, heads, tokens: queries, values }
  checkCausal(maps)
  return maps
}

async function readFromNpy(source: ByteSource, start: Uint8Array) {
  const { entries, end } = npyExtent(start)
  checkNumber(entries)
  return readNpyArray(await readExactly(source, 0, Math.min(end, source.size)))
}

async function readFromSafetensors(
  source: ByteSource,
): Promise<{ shape: readonly number[]; values: Float64Array | Float32Array }> {
  const file = await openSafetensors(source)
  const maps = [...file.tensors.values()].filter(isMapsTensor)
  const [tensor] = maps
  if (tensor === undefined || maps.length > 1) {
    const found = tensor === undefined ? [...file.tensors.values()] : maps
    throw new ReadError(
      `the file has ${maps.length} tensors of shape (layers, heads, T, T); it must have one. It has ${listed(found)}.`,
    )
  }
  checkNumber(tensor.length)
  return { shape: tensor.shape, values: await readTensor(file, tensor) }
}

/** [layers, 1, heads, T, T] as [layers, heads, T, T]: a batch of one text. */
const withoutBatch = (shape: readonly number[]): readonly number[] =>
  shape.length === 5 && shape[1] === 1 ? shape.toSpliced(1, 1) : shape

export function isMapsTensor({ shape }: Pick<TensorEntry, 'shape'>): boolean {
  const sizes = withoutBatch(shape)
  return sizes.length === 4 && sizes[2] === sizes[3]
}

/** Most tensors that a message names. */
const mostNamed = 4

function listed(tensors: readonly TensorEntry[]): string {
  const names = tensors.slice(0, mostNamed).map(({ name, shape }) => `"${name}" of shape (${shape.join(', ')})`)
  const more = tensors.length - names.length
  return names.length === 0 ? 'no tensors' : names.join(', ') + (more > 0 ? ` and ${more} more` : '')
}

function checkNumber(entries: number): void {
  if (entries <= mostMapEntries) return
  const [have, most] = [entries, mostMapEntries].map((number) => number.toLocaleString('en-US'))
  throw new ReadError(`the maps have ${have} entries; at most ${most} can be shown. Save fewer layers or tokens.`)
}

function checkCausal({ layers, heads, tokens, values }: Maps): void {
  for (let map = 0; map < layers * heads; map++)
    for (let query = 0; query < tokens; query++)
      for (let key = 0; key < tokens; key++) {
        const weight = values[(map * tokens + query) * tokens + key]!
        if (key > query ? weight === 0 : Number.isFinite(weight)) continue
        const where = `layer ${Math.floor(map / heads) + 1}, head ${(map % heads) + 1}, query ${query + 1}, key ${key + 1}`
        throw new ReadError(
          key > query
            ? `the weight at ${where} is ${weight}, but a causal query sees no later key. Only causal attention is measured here.`
            : `the weight at ${where} is ${weight}; weights must be finite.`,
        )
      }
}
