import { decimalNumber } from './decimalNumber.ts'
import { ReadError } from './numberTable.ts'
import { byteOf, endOfLine, type Separators } from './separators.ts'
import { textPlace } from './textPlace.ts'

const decoder = new TextDecoder()

/**
 * Walks over the cells of delimited text, line by line, without a string for each.
 * White space and the hard separator part cells; a quoted cell may hold anything, with "" for a quote; a line that
 * starts with # or %, and what follows a # after white space, is a comment; blank lines are skipped.
 */
export class CellCursor {
  /** The cell's bytes are [start, end), without its quotes. */
  start = 0
  end = 0
  /** The number that the cell spells; undefined for a name, or an empty cell. */
  value: number | undefined = undefined
  #at = 0
  #quoted = false
  readonly #bytes: Uint8Array
  readonly #separators: Separators
  /** 1 for the bytes that end a bare cell. */
  readonly #ends = new Uint8Array(256)

  constructor(bytes: Uint8Array, separators: Separators) {
    this.#bytes = bytes
    this.#separators = separators
    const { hard } = separators
    for (const byte of [byteOf.lineFeed, byteOf.carriageReturn, byteOf.space, byteOf.tab, hard]) this.#ends[byte] = 1
  }

  /** Moves to the start of the next line that holds cells; false at the end of the text. */
  nextLine(): boolean {
    this.#at = endOfLine(this.#bytes, this.#at)
    return this.#skipBlankLines()
  }

  /** Moves to the first line that holds cells. */
  firstLine(): boolean {
    this.#at = 0
    return this.#skipBlankLines()
  }

  /** Where the line's next cell begins; {@link rewind} goes back there. */
  mark(): number {
    return this.#at
  }

  rewind(mark: number): void {
    this.#at = mark
  }

  /** Moves to the next cell of this line; false at its end. */
  nextCell(): boolean {
    const bytes = this.#bytes
    const { hard } = this.#separators
    this.#skipSpaces()
    const byte = bytes[this.#at]
    const comment = byte === byteOf.hash && this.#isSpace(this.#at - 1)
    if (this.#isLineEnd(this.#at) || comment) {
      if (comment) this.#at = endOfLine(bytes, this.#at)
      return false
    }
    this.#quoted = byte === byteOf.quote
    if (this.#quoted) this.#readQuoted()
    else if (hard !== 0 && byte === hard) this.#setCell(this.#at, this.#at, undefined)
    else this.#readBare()
    this.#skipSpaces()
    if (hard !== 0 && bytes[this.#at] === hard) this.#at += 1
    return true
  }

  text(): string {
    const text = decoder.decode(this.#bytes.subarray(this.start, this.end))
    return this.#quoted ? text.replaceAll('""', '"') : text
  }

  #setCell(start: number, end: number, value: number | undefined): void {
    this.start = start
    this.end = end
    this.value = value
  }

  #readBare(): void {
    const bytes = this.#bytes
    const { hard, decimalComma } = this.#separators
    const ends = this.#ends
    const start = this.#at
    let end = start
    while (end < bytes.length && ends[bytes[end]!] === 0) end += 1
    this.#at = end
    const value = decimalNumber(bytes, start, end, decimalComma)
    // A name may hold spaces where something else parts the cells.
    if (value === undefined && hard !== 0) {
      while (!this.#isLineEnd(this.#at) && bytes[this.#at] !== hard) this.#at += 1
      while (this.#isSpace(this.#at - 1)) this.#at -= 1
    }
    this.#setCell(start, this.#at, value)
  }

  #readQuoted(): void {
    const bytes = this.#bytes
    const open = this.#at
    let at = open + 1
    while (at < bytes.length && (bytes[at] !== byteOf.quote || bytes[at + 1] === byteOf.quote)) {
      at += bytes[at] === byteOf.quote ? 2 : 1
    }
    if (at >= bytes.length) {
      throw new ReadError(
        'this quote is never closed. Close it, or double it: "" stands for a quote.',
        textPlace(bytes, open),
      )
    }
    this.#at = at + 1
    this.#setCell(open + 1, at, decimalNumber(bytes, open + 1, at, this.#separators.decimalComma))
  }

  #skipBlankLines(): boolean {
    const bytes = this.#bytes
    while (this.#at < bytes.length) {
      const byte = bytes[this.#at]!
      if (byte === byteOf.hash || byte === byteOf.percent) this.#at = endOfLine(bytes, this.#at)
      else if (byte === byteOf.lineFeed || byte === byteOf.carriageReturn || this.#isSpace(this.#at)) this.#at += 1
      else return true
    }
    return false
  }

  #skipSpaces(): void {
    while (this.#isSpace(this.#at)) this.#at += 1
  }

  #isSpace(at: number): boolean {
    const byte = this.#bytes[at]
    return byte === byteOf.space || (byte === byteOf.tab && this.#separators.hard !== byteOf.tab)
  }

  #isLineEnd(at: number): boolean {
    const byte = this.#bytes[at]
    return byte === undefined || byte === byteOf.lineFeed || byte === byteOf.carriageReturn
  }
}
