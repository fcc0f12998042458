import { createAudience, type LoadProgress } from './audience.ts'
import { blobSource, type ByteSource } from './byteSource.ts'
import { ReadError } from './numberTable.ts'
import { pieceBytes, piecesSource } from './piecesSource.ts'

/** A file on the web. */
export interface AddressSource extends ByteSource {
  /** From now on it is fetched for one more, until the signal fires. @param progress  of what is fetched */
  readonly join: (signal: AbortSignal, progress: LoadProgress) => void
}

/**
 * Opens a file by its address. Where the server gives parts, only what is read is fetched, and kept: an unfit file is
 * known by its first part, and a stopped download goes on where it was. Elsewhere it is fetched whole.
 * @param keep  takes what was fetched out of memory; default leaves it to the browser
 * @throws ReadError naming the address, if it cannot be fetched or ends early; AbortError when the signal fires
 */
export async function addressSource(
  address: string,
  signal: AbortSignal,
  progress: LoadProgress,
  keep: (blob: Blob) => Promise<Blob> = async (blob) => blob,
): Promise<AddressSource> {
  const start = await startOf(address, signal)
  const size = start.status === 206 ? sizeOf(start, 0, pieceBytes) : null
  if (size === null) {
    // A server that gives parts without saying of how much, or finds the file too short for one.
    const unfit = start.status === 206 || start.status === 416
    if (unfit) await start.body?.cancel()
    const whole = unfit ? await answerOf(address, signal) : start
    return { ...(await wholeSource(address, whole, progress, keep)), join: () => undefined }
  }
  const audience = createAudience()
  audience.join(signal, progress)
  const version = versionOf(start)
  const first = await bodyOf(address, start, (bytes) => progress(bytes, size))
  const fetchPiece = async (from: number, end: number, count: (bytes: number) => void): Promise<Blob> => {
    const answer = await answerOf(address, audience.signal(), rangeOf(from, end))
    if (answer.status !== 206)
      throw new ReadError(`${address} answered ${answer.status} to a request for bytes ${from} to ${end - 1}.`)
    if (sizeOf(answer, from, end) !== size || versionOf(answer) !== version)
      throw new ReadError(`${address} has changed since its start was read; open this page again to read it anew.`)
    return keep(await bodyOf(address, answer, count))
  }
  const tell = (bytes: number) => audience.tell(bytes, size)
  return { ...piecesSource({ address, size, first, fetchPiece, tell }), join: audience.join }
}

/** The first part, or the whole file. Some servers refuse strangers a part, but not the whole. */
async function startOf(address: string, signal: AbortSignal): Promise<Response> {
  try {
    return await answerOf(address, signal, rangeOf(0, pieceBytes))
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    return answerOf(address, signal)
  }
}

const rangeOf = (start: number, end: number) => ({ range: `bytes=${start}-${end - 1}` })

/** Bytes of the whole file, as a part's answer tells it; null where it does not, or is of another part. */
function sizeOf({ headers }: Response, start: number, end: number): number | null {
  const found = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get('content-range') ?? '')
  const [from, last, all] = (found ?? []).slice(1).map(Number)
  if (from === undefined || last === undefined || all === undefined) return null
  return from === start && last === Math.min(end, all) - 1 ? all : null
}

const versionOf = ({ headers }: Response): string | null => headers.get('etag') ?? headers.get('last-modified')

async function wholeSource(
  address: string,
  response: Response,
  progress: LoadProgress,
  keep: (blob: Blob) => Promise<Blob>,
): Promise<ByteSource> {
  if (!response.ok) throw new ReadError(`${address} answered ${response.status} ${response.statusText}`.trimEnd() + '.')
  // A compressed answer's length is not that of the file.
  const length = response.headers.get('content-encoding') === null ? response.headers.get('content-length') : null
  const all = length === null ? null : Number(length)
  const blob = await bodyOf(address, response, (bytes) => progress(bytes, all))
  if (all !== null && blob.size !== all)
    throw new ReadError(`${address} ended after ${blob.size} of ${all} bytes; try again.`)
  return blobSource(blob.size > pieceBytes ? await keep(blob) : blob)
}

/** @param count  told the bytes so far */
async function bodyOf(address: string, { body }: Response, count: (bytes: number) => void): Promise<Blob> {
  let bytes = 0
  const counted = body?.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        bytes += chunk.length
        count(bytes)
        controller.enqueue(chunk)
      },
    }),
  )
  try {
    return await new Response(counted ?? null).blob()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new ReadError(`${address} broke off after ${bytes} bytes (${error.message}); try again.`)
  }
}

async function answerOf(address: string, signal: AbortSignal, headers: Record<string, string> = {}): Promise<Response> {
  try {
    return await fetch(address, { signal, headers })
  } catch (error) {
    signal.throwIfAborted()
    const reason = error instanceof Error ? error.message : String(error)
    throw new ReadError(
      `${address} cannot be fetched (${reason}). Its server must allow other pages to read it (CORS).`,
    )
  }
}
