import { isFileKey, type KeptFile } from '../panels/namedFiles.ts'
import type { Shelf } from './shelf.ts'
import type { FileStore } from './surroundings.ts'
import { hash128 } from './hash128.ts'

/** Bytes read at the start, the middle and the end of a file for its key. */
const sample = 65_536

/**
 * Keeps files for this visit, and on the shelf for later ones where the browser lets us.
 * @param base  the page's address
 */
export function createFileStore(shelf: Shelf, base: string): FileStore {
  const here = new Map<string, KeptFile>()
  return {
    base,
    async keep(blob, name) {
      const key = await fileKey(blob)
      const file = { key, name, blob }
      here.set(key, file)
      return { key, kept: (await shelf.put(key, file)) ? 'here' : 'this-visit' }
    },
    async find(key) {
      const known = here.get(key)
      if (known) return known
      const stored = await shelf.get(key)
      if (!isKeptFile(stored) || stored.key !== key) return null
      here.set(key, stored)
      return stored
    },
  }
}

/** The keys of files that an experiment names in its own fields. */
export const fileKeys = (experiment: Readonly<Record<string, unknown>>): string[] =>
  Object.values(experiment).filter((value): value is string => typeof value === 'string' && isFileKey(value))

/**
 * The key of a file: a hash of its size and of three samples, so that half a gigabyte need not be read for it. It tells
 * files apart; it is no protection against forgery.
 */
async function fileKey(blob: Blob): Promise<string> {
  const middle = Math.max(0, Math.floor((blob.size - sample) / 2))
  const starts = blob.size <= 3 * sample ? [0] : [0, middle, blob.size - sample]
  const length = starts.length === 1 ? blob.size : sample
  const parts = await Promise.all(starts.map((start) => blob.slice(start, start + length).arrayBuffer()))
  const padded = new Uint8Array(Math.ceil((parts.length * length) / 4) * 4)
  parts.forEach((part, i) => padded.set(new Uint8Array(part), i * length))
  return `file-${hash128([blob.size >>> 0, Math.floor(blob.size / 2 ** 32)], new Uint32Array(padded.buffer))}`
}

function isKeptFile(value: unknown): value is KeptFile {
  if (typeof value !== 'object' || value === null) return false
  const { key, name, blob } = value as Record<string, unknown>
  return typeof key === 'string' && typeof name === 'string' && blob instanceof Blob
}
