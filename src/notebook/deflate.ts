/** The text deflated (raw, RFC 1951). */
export async function deflated(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

export interface Inflated {
  /** All that could be read before the end, the damage, or the limit. */
  readonly text: string
  readonly state: 'whole' | 'broken' | 'too-large'
}

/** The text that was deflated. Never throws, and never holds more than `limit` bytes: a short link can stand for gigabytes. */
export async function inflated(bytes: Uint8Array<ArrayBuffer>, limit: number): Promise<Inflated> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  const decoder = new TextDecoder()
  let text = ''
  let held = 0
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return { text: text + decoder.decode(), state: 'whole' }
      held += value.byteLength
      if (held > limit) {
        await reader.cancel()
        return { text, state: 'too-large' }
      }
      text += decoder.decode(value, { stream: true })
    }
  } catch (error) {
    if (error instanceof Error) return { text, state: 'broken' }
    throw error
  }
}

/** RFC 4648 section 5, without padding. */
export function base64url(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** The bytes of a base64url text; what is no digit of it is skipped, and a last digit that completes no byte is dropped. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const digits = text.replace(/[^\w-]/g, '')
  const whole = digits.length % 4 === 1 ? digits.slice(0, -1) : digits
  const binary = atob(whole.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (char) => char.charCodeAt(0))
}
