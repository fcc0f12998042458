import { counted } from '../../math/counted.ts'
import { decimalNumber } from './decimalNumber.ts'
import { GrowingNumbers } from './growingNumbers.ts'
import { checkRowLength, ReadError, type NumberTable } from './numberTable.ts'
import { excerpt, textPlace } from './textPlace.ts'

const [open, close, comma, quote] = [91, 93, 44, 34]
const closingParenthesis = 41
const isSpace = (byte: number | undefined): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9

/** A byte range of a file. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * Reads a list of numbers, or a list of lists, in JSON or as NumPy and PyTorch print arrays: commas are optional, NaN
 * and infinities are spelled as words or as JSON strings, and `array(…, dtype=float32)` may stand around it.
 * Lists one after the other (JSON lines) are rows.
 * @throws ReadError with line and column
 */
export function readArrayText(bytes: Uint8Array, span: Span = { start: 0, end: bytes.length }): NumberTable {
  const reader = new ArrayReader(bytes, span)
  const { rows, cols, values } = reader.read()
  return { rows, cols, values, format: 'JSON', dtype: 'float64', notes: [] }
}

class ArrayReader {
  readonly #bytes: Uint8Array
  readonly #end: number
  readonly #values = new GrowingNumbers()
  #at: number
  #depth = 0
  /** Deepest nesting that held a number; all numbers must lie equally deep. */
  #numberDepth = 0
  #rows = 0
  #cols = -1
  #rowStart = 0
  /** False after a comma or an opening bracket, where another comma would hide a missing entry. */
  #commaMayFollow = false

  constructor(bytes: Uint8Array, span: Span) {
    this.#bytes = bytes
    this.#at = span.start
    this.#end = span.end
  }

  read(): Pick<NumberTable, 'rows' | 'cols' | 'values'> {
    const start = this.#at
    while (this.#at < this.#end && this.#bytes[this.#at] !== open) this.#at += 1
    const wrapped = /\w/.test(excerpt(this.#bytes, start, this.#at))
    while (this.#skipSpaces()) {
      const byte = this.#bytes[this.#at]
      if (byte === open) this.#openList()
      else if (byte === close) this.#closeList()
      else if (this.#depth === 0 && wrapped) break
      else if (byte === comma) this.#passComma()
      else this.#readEntry()
    }
    if (this.#depth > 0)
      throw this.#error(`the text ends inside a list; ${counted(this.#depth, 'bracket')} "]" missing.`)
    if (this.#values.length === 0) throw this.#error('the list is empty. Give at least one number.')
    return { rows: this.#rows, cols: this.#cols, values: this.#values.toArray() }
  }

  #skipSpaces(): boolean {
    while (this.#at < this.#end && isSpace(this.#bytes[this.#at])) this.#at += 1
    return this.#at < this.#end
  }

  #passComma(): void {
    if (!this.#commaMayFollow) throw this.#error('no number before this comma. Write one there.')
    this.#commaMayFollow = false
    this.#at += 1
  }

  #openList(): void {
    if (this.#depth === 2) throw this.#error('lists nested three deep. Give one row [1, 2], or rows [[1, 2], [3, 4]].')
    if (this.#depth > 0 && this.#depth === this.#numberDepth && this.#values.length > this.#rowStart) {
      throw this.#error('a list among numbers. Give only numbers, or only lists of numbers.')
    }
    this.#depth += 1
    this.#at += 1
    this.#commaMayFollow = false
    this.#rowStart = this.#values.length
  }

  #closeList(): void {
    if (this.#depth === 0) throw this.#error('this "]" closes nothing.')
    const holdsNumbers = this.#numberDepth === 0 || this.#depth === this.#numberDepth
    if (holdsNumbers) this.#endRow()
    this.#depth -= 1
    this.#at += 1
    this.#commaMayFollow = true
  }

  #endRow(): void {
    const entries = this.#values.length - this.#rowStart
    if (entries === 0) throw this.#error('an empty list. Every row needs at least one number.')
    if (this.#cols >= 0 && entries !== this.#cols) {
      throw this.#error(
        `row ${this.#rows + 1} has ${counted(entries, 'entry', 'entries')}, but row 1 has ${this.#cols}. ` +
          'Give every row as many.',
      )
    }
    checkRowLength(entries, textPlace(this.#bytes, this.#at))
    this.#cols = entries
    this.#rows += 1
    this.#rowStart = this.#values.length
  }

  #readEntry(): void {
    const start = this.#at
    const isQuoted = this.#bytes[start] === quote
    const from = isQuoted ? start + 1 : start
    let to = from
    while (to < this.#end && !this.#endsEntry(to, isQuoted)) to += 1
    const value = decimalNumber(this.#bytes, from, to)
    if (this.#depth === 0) throw this.#error(`${excerpt(this.#bytes, start, this.#end)} after the end of the list.`)
    if (value === undefined) throw this.#notANumber(from, to)
    if (this.#numberDepth !== 0 && this.#depth !== this.#numberDepth) {
      throw this.#error('a number among lists. Give only numbers, or only lists of numbers.')
    }
    this.#numberDepth = this.#depth
    this.#values.push(value)
    this.#commaMayFollow = true
    this.#at = isQuoted ? Math.min(to + 1, this.#end) : to
  }

  #endsEntry(at: number, isQuoted: boolean): boolean {
    const byte = this.#bytes[at]
    if (isQuoted) return byte === quote
    return isSpace(byte) || byte === comma || byte === open || byte === close || byte === closingParenthesis
  }

  #notANumber(from: number, to: number): ReadError {
    const word = excerpt(this.#bytes, from, Math.max(to, from + 1))
    if (word === '"..."') {
      return this.#error('"..." stands for numbers that were left out in print. Save the array with np.save instead.')
    }
    if (word === '"null"') return this.#error('null is not a number. Write one there.')
    return this.#error(`${word} is not a number. Numbers look like -1.5 or 2e-3.`)
  }

  #error(message: string): ReadError {
    return new ReadError(message, textPlace(this.#bytes, Math.min(this.#at, this.#end)))
  }
}
