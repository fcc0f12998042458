import { counted } from '../math/counted.ts'
import { resolveParams, type Normalizer, type ParamValues } from '../math/index.ts'
import { numberJson, rowJson } from './json.ts'
import { nearest } from './nearest.ts'

export interface EvalOptions {
  readonly normalizer: Normalizer
  /** As `--params` gave them, before defaults. */
  readonly given: Readonly<Record<string, unknown>>
  /** `given` with the defaults. */
  readonly params: ParamValues
  readonly vjp: boolean
  readonly loss: boolean
}

/** What is wrong with a line, and what would be right. */
class LineError extends Error {}

const fields = ['x', 'mask', 'cotangent', 'target', 'params']
const example = '{"x":[2,1,0.5,-1]}'

/**
 * Evaluates one input line.
 * @returns a line of JSON without its end
 * @throws an error whose message says what is wrong with the line and what would be right
 */
export function evalLine(text: string, options: EvalOptions): string {
  const { normalizer } = options
  const { cotangent, line, mask, target, x } = read(text)
  const params = absent(line['params'])
    ? options.params
    : resolveParams(normalizer.id, normalizer.params, { ...options.given, ...record('params', line['params']) })
  const parts = [`"y":${rowJson(normalizer.forward(x, params, mask))}`]
  if (options.vjp) {
    if (!cotangent) throw new LineError('--vjp needs "cotangent", an array with a number for each entry of "x"')
    parts.push(`"vjp":${rowJson(normalizer.vjp(x, cotangent, params, mask))}`)
  }
  if (options.loss && normalizer.loss) {
    if (target === undefined) throw new LineError(`--loss needs "target", ${indexOf(x.length)}`)
    const { value, grad } = normalizer.loss.evaluate(x, target, params, mask)
    parts.push(`"loss":{"value":${numberJson(value)},"grad":${rowJson(grad)}}`)
  }
  return `{${parts.join(',')}}`
}

function read(text: string) {
  const line = record('the line', parsed(text))
  for (const key of Object.keys(line)) {
    const meant = fields.includes(key) ? null : nearest(key, fields)
    // A field that we do not know may be the reader's own (an id, a note); one that is nearly ours is a slip.
    if (meant !== null && line[meant] === undefined) throw new LineError(`"${key}" is not a field; write "${meant}"`)
  }
  if (line['x'] === undefined) throw new LineError(`"x" is missing; write ${example}`)
  const x = numbers('x', line['x'])
  const sameLength = (name: string, row: readonly unknown[]) => {
    if (row.length !== x.length)
      throw new LineError(
        `"${name}" has ${counted(row.length, 'entry', 'entries')}; it must have ${x.length}, one for each of "x"`,
      )
  }
  const mask = absent(line['mask']) ? undefined : flags(line['mask'])
  const cotangent = absent(line['cotangent']) ? undefined : numbers('cotangent', line['cotangent'])
  if (mask) sameLength('mask', mask)
  if (cotangent) sameLength('cotangent', cotangent)
  return { line, x, mask, cotangent, target: targetOf(line['target'], x.length) }
}

/** Writers of JSON often spell an absent field as null. */
const absent = (value: unknown) => value === undefined || value === null

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new LineError(`this is not JSON (${reason}); write one object a line: ${example}`)
  }
}

function record(name: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new LineError(`${name} is ${shown(value)}; it must be an object, such as ${example}`)
  return value as Record<string, unknown>
}

const words: Readonly<Record<string, number>> = { Infinity, '-Infinity': -Infinity, NaN }

function numbers(name: string, value: unknown): number[] {
  if (!Array.isArray(value))
    throw new LineError(`"${name}" is ${shown(value)}; it must be an array of numbers, such as [2,1,0.5]`)
  return value.map((entry: unknown, i) => {
    const number = typeof entry === 'string' && Object.hasOwn(words, entry) ? words[entry] : entry
    if (typeof number !== 'number')
      throw new LineError(
        `"${name}" has ${shown(entry)} at ${i}; it must be a number or one of "Infinity", "-Infinity", "NaN"`,
      )
    // JSON.parse makes 1e999 an Infinity that nobody wrote.
    if (typeof entry === 'number' && !Number.isFinite(entry))
      throw new LineError(`"${name}" has a number at ${i} beyond float64's 1.8e308; write "Infinity" if that is meant`)
    return number
  })
}

function flags(value: unknown): boolean[] {
  if (!Array.isArray(value))
    throw new LineError(`"mask" is ${shown(value)}; it must be an array of true or false, 1 or 0, true to keep`)
  return value.map((entry: unknown, i) => {
    if (entry === true || entry === 1) return true
    if (entry === false || entry === 0) return false
    throw new LineError(`"mask" has ${shown(entry)} at ${i}; it must be true or false, 1 or 0`)
  })
}

const indexOf = (n: number) => (n === 0 ? 'an index of "x", which is empty here' : `an index of "x": 0 to ${n - 1}`)

function targetOf(value: unknown, n: number): number | undefined {
  if (absent(value)) return undefined
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value >= n)
    throw new LineError(`"target" is ${shown(value)}; it must be ${indexOf(n)}`)
  return value
}

/** A value for a message, cut short. */
function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 37)}...` : text
}
