import type { ByteSource } from './byteSource.ts'
import { ReadError } from './numberTable.ts'

/** Bytes that one request fetches: long enough that its round trip counts little. */
export const pieceBytes = 2 ** 22

/** Requests at a time. */
const atOnce = 3

export interface Pieces {
  /** Stands in messages. */
  readonly address: string
  /** Of the whole file; bytes. */
  readonly size: number
  /** Its first `pieceBytes`, or all of it. */
  readonly first: Blob
  /** Fetches bytes [start, end). @param count  is told the bytes so far */
  readonly fetchPiece: (start: number, end: number, count: (bytes: number) => void) => Promise<Blob>
  /** Is told the bytes that are here, of the whole file. */
  readonly tell: (bytes: number) => void
}

/** A file that is fetched piece by piece, each once, when something in it is read. */
export function piecesSource({ address, size, first, fetchPiece, tell }: Pieces): ByteSource {
  const kept = new Map<number, Promise<Blob>>()
  const counts = new Map<number, number>()
  const endOf = (piece: number) => Math.min(size, (piece + 1) * pieceBytes)
  const count = (piece: number, bytes: number) => {
    counts.set(piece, bytes)
    tell([...counts.values()].reduce((sum, each) => sum + each, 0))
  }

  function checked(piece: number, blob: Blob): Blob {
    const wanted = endOf(piece) - piece * pieceBytes
    if (blob.size === wanted) return blob
    throw new ReadError(
      `${address} gave ${blob.size} of ${wanted} bytes from byte ${piece * pieceBytes} on; try again.`,
    )
  }
  function pieceAt(piece: number): Promise<Blob> {
    const known = kept.get(piece)
    if (known) return known
    const coming = fetchPiece(piece * pieceBytes, endOf(piece), (bytes) => count(piece, bytes))
      .then((blob) => checked(piece, blob))
      .catch((error: unknown) => {
        kept.delete(piece)
        counts.delete(piece)
        throw error
      })
    kept.set(piece, coming)
    return coming
  }
  /** @param use  takes each piece in its order */
  async function each(from: number, end: number, use: (piece: Blob, start: number) => void): Promise<void> {
    for (let piece = from; piece < end; piece += atOnce) {
      const together = Array.from({ length: Math.min(atOnce, end - piece) }, (_, i) => pieceAt(piece + i))
      for (const [i, blob] of (await Promise.all(together)).entries()) use(blob, (piece + i) * pieceBytes)
    }
  }

  counts.set(0, first.size)
  kept.set(0, Promise.resolve(checked(0, first)))
  return {
    size,
    async read(start, end) {
      const stop = Math.min(end, size)
      const parts: Blob[] = []
      await each(Math.floor(start / pieceBytes), Math.ceil(stop / pieceBytes), (piece, at) =>
        parts.push(piece.slice(Math.max(0, start - at), Math.max(0, stop - at))),
      )
      return new Uint8Array(await new Blob(parts).arrayBuffer())
    },
    fetchAll: () => each(0, Math.ceil(size / pieceBytes), () => undefined),
  }
}
