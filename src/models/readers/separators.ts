import { ReadError } from './numberTable.ts'
import { textPlace } from './textPlace.ts'

export const byteOf = {
  tab: 9,
  lineFeed: 10,
  carriageReturn: 13,
  space: 32,
  quote: 34,
  hash: 35,
  percent: 37,
  comma: 44,
  dot: 46,
  semicolon: 59,
} as const

export interface Separators {
  /** The byte that parts cells besides white space, and between two of which a cell can be empty; 0 if there is none. */
  readonly hard: number
  readonly decimalComma: boolean
}

interface Census {
  semicolons: number
  tabs: number
  /** First comma outside quotes, or −1. */
  firstComma: number
  /** Every comma stands between two digits, at most one to a number: it could be a decimal mark. */
  commasInNumbers: boolean
  /** White space parts two numbers somewhere in a line. */
  spacesPart: boolean
  decimalDots: boolean
}

/**
 * Decides what separates the cells of a text.
 * A comma is a decimal mark only where semicolons or tabs separate and every comma stands inside a number.
 * @throws ReadError where `1,5 2,5` could be two numbers or four, or where commas and semicolons both separate
 */
export function findSeparators(bytes: Uint8Array): Separators {
  const { semicolons, tabs, firstComma, commasInNumbers, spacesPart, decimalDots } = census(bytes)
  const otherwise = semicolons > 0 ? byteOf.semicolon : tabs > 0 ? byteOf.tab : 0
  if (firstComma < 0) return { hard: otherwise, decimalComma: false }
  const couldBeDecimal = commasInNumbers && !decimalDots
  if (couldBeDecimal && otherwise !== 0) return { hard: otherwise, decimalComma: true }
  if (semicolons > 0) {
    throw new ReadError(
      'commas and semicolons both separate here. Use one of them, and put names that hold the other in quotes.',
      textPlace(bytes, firstComma),
    )
  }
  if (couldBeDecimal && spacesPart) {
    throw new ReadError(
      'this comma could be a decimal mark or part two numbers. Write 1.5 for one and a half, or separate by semicolons.',
      textPlace(bytes, firstComma),
    )
  }
  return { hard: byteOf.comma, decimalComma: false }
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57
const startsNumber = (byte: number | undefined): boolean =>
  isDigit(byte) || byte === 45 || byte === 43 || byte === byteOf.dot

function census(bytes: Uint8Array): Census {
  const seen: Census = {
    semicolons: 0,
    tabs: 0,
    firstComma: -1,
    commasInNumbers: true,
    spacesPart: false,
    decimalDots: false,
  }
  let quoted = false
  let lineIsBlank = true
  let commaInNumber = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte === byteOf.quote) quoted = !quoted
    if (quoted) continue
    if (lineIsBlank && (byte === byteOf.hash || byte === byteOf.percent)) {
      i = endOfLine(bytes, i)
      continue
    }
    if (!isDigit(byte) && byte !== byteOf.comma) commaInNumber = false
    if (byte === byteOf.semicolon) seen.semicolons += 1
    else if (byte === byteOf.tab) seen.tabs += 1
    else if (byte === byteOf.comma) {
      if (seen.firstComma < 0) seen.firstComma = i
      if (commaInNumber || !isDigit(bytes[i - 1]) || !isDigit(bytes[i + 1])) seen.commasInNumbers = false
      commaInNumber = true
    } else if (byte === byteOf.space) seen.spacesPart ||= isDigit(bytes[i - 1]) && startsNumber(bytes[i + 1])
    else if (byte === byteOf.dot) seen.decimalDots ||= isDigit(bytes[i - 1]) || isDigit(bytes[i + 1])
    lineIsBlank = byte === byteOf.lineFeed || byte === byteOf.carriageReturn || (lineIsBlank && byte <= byteOf.space)
  }
  return seen
}

/** Index of the byte that ends the line which holds `at`; the text's length on the last line. */
export function endOfLine(bytes: Uint8Array, at: number): number {
  let i = at
  while (i < bytes.length && bytes[i] !== byteOf.lineFeed && bytes[i] !== byteOf.carriageReturn) i += 1
  return i
}
