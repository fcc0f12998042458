import type { Place } from './numberTable.ts'

const lineFeed = 10
const carriageReturn = 13
const decoder = new TextDecoder()

/** Whether a line of the text ends with this byte: \n, \r\n or \r. */
export const endsLine = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === lineFeed || (bytes[at] === carriageReturn && bytes[at + 1] !== lineFeed)

/** The line and column of a byte of UTF-8 text; lines end in \n, \r\n or \r. O(at), for error messages only. */
export function textPlace(bytes: Uint8Array, at: number): Place {
  let line = 1
  let lineStart = 0
  for (let i = 0; i < at; i++) {
    if (endsLine(bytes, i)) {
      line += 1
      lineStart = i + 1
    }
  }
  const before = decoder.decode(bytes.subarray(lineStart, at)).replace(/^\uFEFF/, '')
  return { line, column: Array.from(before).length + 1 }
}

/** Text of a byte range as an error message shows it: in quotes, cut after 24 characters. */
export function excerpt(bytes: Uint8Array, start: number, end: number): string {
  const characters = Array.from(decoder.decode(bytes.subarray(start, Math.min(end, start + 120))))
  return characters.length > 24 ? `"${characters.slice(0, 24).join('')}…"` : `"${characters.join('')}"`
}
