import { UsageError } from './command.ts'

/** The object that `--params` gives; empty without the flag. @throws UsageError for anything else */
export function paramsFlag(text = '{}'): Readonly<Record<string, unknown>> {
  const right = `write an object, such as --params '{"T":2}'`
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UsageError(`--params is not JSON (${error instanceof Error ? error.message : String(error)}); ${right}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(`--params is ${text}; ${right}`)
  return value as Record<string, unknown>
}
