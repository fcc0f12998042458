import { addressSource, type AddressSource } from '../models/readers/addressSource.ts'
import { blobSource } from '../models/readers/byteSource.ts'
import { createScratch } from '../models/readers/scratch.ts'
import type { ComputeContext, NamedFile } from './contract.ts'

/** A file that a person brought. */
export interface KeptFile {
  readonly key: string
  readonly name: string
  readonly blob: Blob
}

const keyPattern = /^file-[0-9a-f]{32}$/

/** True for the key of a file that a person brought; anything else that names a file is an address. */
export const isFileKey = (reference: string): boolean => keyPattern.test(reference)

/** Files that were brought or fetched; each stays one source. */
export function createNamedFiles() {
  const kept = new Map<string, NamedFile>()
  const onDisk = createScratch()
  const fetched = new Map<string, NamedFile & { readonly source: AddressSource }>()

  async function fetchOnce(
    address: string,
    { signal, progress }: Pick<ComputeContext, 'signal' | 'progress'>,
  ): Promise<NamedFile> {
    const name = decodeURIComponent(new URL(address).pathname.split('/').at(-1) ?? address)
    const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)
    const loading = (bytes: number, all: number | null) =>
      all === null
        ? progress(0, `loading ${name}: ${megabytes(bytes)} MB`)
        : progress(bytes / all, `loading ${name}: ${megabytes(bytes)} of ${megabytes(all)} MB`)
    const known = fetched.get(address)
    known?.source.join(signal, loading)
    if (known) return known
    const source = await addressSource(address, signal, loading, onDisk)
    const file = { name, source }
    fetched.set(address, file)
    return file
  }

  return {
    take(files: readonly KeptFile[]): void {
      for (const { key, name, blob } of files) if (!kept.has(key)) kept.set(key, { name, source: blobSource(blob) })
    },
    /** What `ComputeContext.file` promises. @param base  the page's address */
    async find(
      reference: string,
      base: string,
      context: Pick<ComputeContext, 'signal' | 'progress'>,
    ): Promise<NamedFile> {
      const known = kept.get(reference)
      if (known) return known
      if (isFileKey(reference))
        throw new Error(
          'The file of this experiment is not in this browser: a link carries only its key. Open the file here again.',
        )
      if (!URL.canParse(reference, base)) throw new Error(`"${reference}" is no address of a file.`)
      const { href, protocol } = new URL(reference, base)
      if (protocol !== 'https:' && protocol !== 'http:')
        throw new Error(`"${reference}" is no address on the web; drop the file instead.`)
      return fetchOnce(href, context)
    },
  }
}
