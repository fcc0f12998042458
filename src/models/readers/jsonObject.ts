import { counted } from '../../math/counted.ts'
import { readArrayText, type Span } from './arrayText.ts'
import { ReadError, type NumberTable } from './numberTable.ts'
import { textPlace } from './textPlace.ts'

const [openBrace, closeBrace, openBracket, closeBracket] = [123, 125, 91, 93]
const [comma, colon, quote, backslash] = [44, 58, 34, 92]
const isSpace = (byte: number | undefined): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9
const decoder = new TextDecoder()

/** Fields that hold the numbers, in the order of preference; else the only list is taken. */
const numberFields = ['logits', 'x', 'values', 'data', 'matrix', 'W']
const nameFields = ['names', 'tokens', 'labels']

/**
 * Reads the numbers of a JSON object: {"logits": […]}, with "names", "tokens" or "labels" for its columns.
 * @throws ReadError with line and column
 */
export function readJsonObject(bytes: Uint8Array): NumberTable {
  const fields = topLevelFields(bytes)
  const lists = [...fields].filter(([name, { start }]) => bytes[start] === openBracket && !nameFields.includes(name))
  const field =
    numberFields.find((name) => lists.some(([each]) => each === name)) ??
    (lists.length === 1 ? lists[0]?.[0] : undefined)
  const span = field === undefined ? undefined : fields.get(field)
  if (field === undefined || span === undefined) {
    const found = [...fields.keys()].map((name) => `"${name}"`).join(', ')
    throw new ReadError(
      `found ${found === '' ? 'no field' : found.slice(0, 200)}. Put the numbers in one of: ${numberFields.join(', ')}; ` +
        'for example {"logits": [2, 1, 0.5]}.',
    )
  }
  const table = readArrayText(bytes, span)
  const names = readNames(bytes, fields)
  if (names !== null && names.length !== table.cols) {
    throw new ReadError(
      `${counted(table.cols, 'column')} in "${field}", but ${counted(names.length, 'name')}. Name each once.`,
    )
  }
  const others = lists.filter(([name]) => name !== field).map(([name]) => `"${name}"`)
  const notes = others.length === 0 ? [] : [`Read from "${field}"; ${others.join(', ')} left out.`]
  return { ...table, ...(names === null ? {} : { names }), notes }
}

function readNames(bytes: Uint8Array, fields: ReadonlyMap<string, Span>): readonly string[] | null {
  const field = nameFields.find((name) => fields.has(name))
  const span = field === undefined ? undefined : fields.get(field)
  if (span === undefined) return null
  const names = parseJson(bytes, span)
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
    throw new ReadError(`"${field}" must be a list of strings.`, textPlace(bytes, span.start))
  }
  return names
}

function parseJson(bytes: Uint8Array, { start, end }: Span): unknown {
  try {
    return JSON.parse(decoder.decode(bytes.subarray(start, end)))
  } catch (error) {
    throw new ReadError(error instanceof Error ? error.message : 'not JSON', textPlace(bytes, start))
  }
}

/** Byte ranges of the values of an object, which need not be valid JSON themselves: they may hold NaN. */
function topLevelFields(bytes: Uint8Array): Map<string, Span> {
  const fields = new Map<string, Span>()
  const skip = (at: number) => {
    let next = at
    while (isSpace(bytes[next])) next += 1
    return next
  }
  const expect = (at: number, byte: number) => {
    if (bytes[at] === byte) return at + 1
    const found = at < bytes.length ? JSON.stringify(decoder.decode(bytes.subarray(at, at + 1))) : 'the end of the text'
    throw new ReadError(`expected ${String.fromCharCode(byte)} but found ${found}.`, textPlace(bytes, at))
  }
  let at = skip(expect(skip(0), openBrace))
  while (bytes[at] !== closeBrace) {
    if (fields.size > 0) at = skip(expect(at, comma))
    const keyEnd = expect(at, quote) === at + 1 ? endOfString(bytes, at) : at
    const key = String(parseJson(bytes, { start: at, end: keyEnd }))
    const start = skip(expect(skip(keyEnd), colon))
    const end = endOfValue(bytes, start)
    fields.set(key, { start, end })
    at = skip(end)
  }
  return fields
}

/** Index after the closing quote of the string that opens at `at`. */
function endOfString(bytes: Uint8Array, at: number): number {
  for (let i = at + 1; i < bytes.length; i++) {
    if (bytes[i] === backslash) i += 1
    else if (bytes[i] === quote) return i + 1
  }
  throw new ReadError('this string is never closed.', textPlace(bytes, at))
}

/** Index after the value that starts at `at`: up to the comma or brace that follows it. */
function endOfValue(bytes: Uint8Array, at: number): number {
  let depth = 0
  for (let i = at; i < bytes.length; i++) {
    const byte = bytes[i]
    if (byte === quote) i = endOfString(bytes, i) - 1
    else if (byte === openBracket || byte === openBrace) depth += 1
    else if (depth === 0 && (byte === comma || byte === closeBrace)) return i
    else if (byte === closeBracket || byte === closeBrace) depth -= 1
  }
  throw new ReadError('the text ends inside this value.', textPlace(bytes, at))
}
