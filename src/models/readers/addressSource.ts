import { blobSource, type ByteSource } from './byteSource.ts'
import { ReadError } from './numberTable.ts'

/**
 * Fetches a file into a blob, which a browser may keep on disk, and reads from there by range.
 * @param progress  of the download: bytes so far, and all of them where the server says (else null)
 * @throws ReadError naming the address, if it cannot be fetched or ends early; AbortError when the signal fires
 */
export async function addressSource(
  address: string,
  signal: AbortSignal,
  progress: (bytes: number, all: number | null) => void,
): Promise<ByteSource> {
  const response = await answerOf(address, signal)
  if (!response.ok || response.body === null)
    throw new ReadError(`${address} answered ${response.status} ${response.statusText}`.trimEnd() + '.')
  // A compressed answer's length is not that of the file.
  const length = response.headers.get('content-encoding') === null ? response.headers.get('content-length') : null
  const all = length === null ? null : Number(length)
  let bytes = 0
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        bytes += chunk.length
        progress(bytes, all)
        controller.enqueue(chunk)
      },
    }),
  )
  const blob = await new Response(counted).blob()
  if (all !== null && blob.size !== all)
    throw new ReadError(`${address} ended after ${blob.size} of ${all} bytes; try again.`)
  return blobSource(blob)
}

async function answerOf(address: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(address, { signal })
  } catch (error) {
    signal.throwIfAborted()
    const reason = error instanceof Error ? error.message : String(error)
    throw new ReadError(
      `${address} cannot be fetched (${reason}). Its server must allow other pages to read it (CORS).`,
    )
  }
}
