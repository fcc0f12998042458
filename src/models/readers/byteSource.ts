import { ReadError } from './numberTable.ts'

/** Bytes that are read by range, so that a large file needs no memory of its size. */
export interface ByteSource {
  /** In bytes. */
  readonly size: number
  /** Bytes [start, end); rejects if the source cannot be read. */
  read(start: number, end: number): Promise<Uint8Array>
  /** Of a file that lies elsewhere: fetches what has not been read yet, so that later reads need not wait. */
  readonly fetchAll?: () => Promise<void>
}

/** A file that a person chose or dropped. */
export const blobSource = (blob: Blob): ByteSource => ({
  size: blob.size,
  read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
})

/** Bytes already in memory. */
export const bytesSource = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (start, end) => Promise.resolve(bytes.subarray(start, end)),
})

/** @throws ReadError if the source gives fewer bytes than asked for */
export async function readExactly(source: ByteSource, start: number, end: number): Promise<Uint8Array> {
  const bytes = await source.read(start, end)
  if (bytes.length === end - start) return bytes
  throw new ReadError(`the file ends early: ${end - start} bytes wanted, ${bytes.length} read.`, { byte: start })
}
