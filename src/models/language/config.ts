import { ReadError } from '../readers/numberTable.ts'

/** A model's config.json, read field by field. */
export interface Config {
  /** A whole number above 0. @throws ReadError naming the field */
  readonly size: (...names: readonly string[]) => number
  /** The same, or `fallback` where the field is missing or null. */
  readonly sizeOr: (fallback: number, ...names: readonly string[]) => number
  readonly numberOr: (fallback: number, name: string) => number
  readonly textOr: (fallback: string, name: string) => string
  readonly flagOr: (fallback: boolean, name: string) => boolean
  readonly raw: Readonly<Record<string, unknown>>
}

/** @throws ReadError if the text is not JSON, or no object */
export function parseConfig(text: string): Config {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (error) {
    throw new ReadError(`the config is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new ReadError('the config must be a JSON object.')
  return configOf({ ...parsed })
}

export function configOf(raw: Readonly<Record<string, unknown>>): Config {
  const find = (names: readonly string[]) =>
    names.map((name) => raw[name]).find((value) => value !== undefined && value !== null)
  const typed = <T>(fallback: T, name: string, is: (value: unknown) => value is T, what: string): T => {
    const value = find([name])
    if (value === undefined) return fallback
    if (is(value)) return value
    throw new ReadError(`the config's ${name} is ${JSON.stringify(value)}; it must be ${what}.`)
  }
  const size = (...names: readonly string[]) => {
    const value = find(names)
    if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value
    const found = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`
    throw new ReadError(`the config's ${names.join(' or ')} ${found}; it must be a whole number above 0.`)
  }
  return {
    raw,
    size,
    sizeOr: (fallback, ...names) => (find(names) === undefined ? fallback : size(...names)),
    numberOr: (fallback, name) => typed(fallback, name, (value) => typeof value === 'number', 'a number'),
    textOr: (fallback, name) => typed(fallback, name, (value) => typeof value === 'string', 'a text'),
    flagOr: (fallback, name) => typed(fallback, name, (value) => typeof value === 'boolean', 'true or false'),
  }
}
