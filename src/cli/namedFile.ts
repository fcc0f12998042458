import { open, stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { addressSource } from '../models/readers/addressSource.ts'
import type { ByteSource } from '../models/readers/byteSource.ts'
import type { ComputeContext, DataTable, NamedFile } from '../panels/contract.ts'
import { readTable } from '../panels/readTable.ts'
import { UsageError } from './command.ts'

/** What the page serves itself: beside the built program, or in the sources. */
const served = ['../page', '../../page', '../../public'].map((path) => fileURLToPath(new URL(path, import.meta.url)))

/**
 * Finds the files that an experiment names: an address on the web; a path from the experiment's own folder or from where
 * one stands; or a file that comes with softscope.
 * @param experiment  the experiment's file, or undefined where it has none
 */
export function fileFinder(
  experiment: string | undefined,
  { signal, progress }: Pick<ComputeContext, 'signal' | 'progress'>,
): ComputeContext['file'] {
  const folders = [...(experiment === undefined || experiment === '-' ? [] : [dirname(experiment)]), '.', ...served]
  const found = new Map<string, NamedFile>()
  const find = async (reference: string): Promise<NamedFile> => {
    if (/^https?:\/\//.test(reference)) {
      const name = new URL(reference).pathname.split('/').at(-1) ?? reference
      const report = (bytes: number, all: number | null) => progress(all === null ? 0 : bytes / all, `loading ${name}`)
      return { name, source: await addressSource(reference, signal, report) }
    }
    for (const path of folders.map((folder) => resolve(folder, reference))) {
      const size = await sizeOf(path)
      if (size !== null) return { name: basename(path), source: pathSource(path, size) }
    }
    throw new UsageError(`there is no file ${reference}, neither beside the experiment nor from here`)
  }
  return async (reference) => {
    const file = found.get(reference) ?? (await find(reference))
    found.set(reference, file)
    return file
  }
}

/**
 * The numbers of a file that an experiment names as its data.
 * @throws UsageError if there is no such file; ReadError if it holds no table of numbers
 */
export async function tableIn(find: ComputeContext['file'], path: string): Promise<DataTable> {
  const { name, source } = await find(path)
  return { key: path, ...(await readTable(new Blob([Uint8Array.from(await source.read(0, source.size))]), name)) }
}

/** In bytes; null where there is no such file. */
async function sizeOf(path: string): Promise<number | null> {
  try {
    const found = await stat(path)
    return found.isFile() ? found.size : null
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null
    throw error
  }
}

const pathSource = (path: string, size: number): ByteSource => ({
  size,
  async read(start, end) {
    const file = await open(path)
    try {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start))
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start)
      return bytes.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  },
})
