import { load, YAMLException } from 'js-yaml'
import { isFields, type Fields } from './fields.ts'

interface YamlProblem {
  /** What is wrong, with where it is, in words. */
  readonly message: string
  /** From 1, in the text that was parsed; null where the parser cannot tell. */
  readonly line: number | null
  readonly column: number | null
}

export type YamlResult<T> = { readonly value: T } | { readonly problem: YamlProblem }

const empty = /^(\s|#[^\n\r]*)*$/

/** Any YAML value. Aliases are refused: a few bytes of them can stand for gigabytes. */
export function parseYaml(text: string): YamlResult<unknown> {
  if (empty.test(text)) return { value: null }
  try {
    return { value: load(text, { maxAliases: 0 }) }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return { problem: problemOf(error) }
  }
}

/** A YAML mapping, or why the text is none. An empty text is an empty mapping. */
export function parseFields(text: string): YamlResult<Fields> {
  const parsed = parseYaml(text)
  if ('problem' in parsed) return parsed
  const { value } = parsed
  if (value === null) return { value: {} }
  if (isFields(value)) return { value }
  const kind = Array.isArray(value) ? 'a list' : `the ${typeof value} ${JSON.stringify(value)}`
  return {
    problem: { message: `This is ${kind}; an experiment is lines of "field: value".`, line: 1, column: 1 },
  }
}

function problemOf(error: Error): YamlProblem {
  if (!(error instanceof YAMLException)) return { message: error.message, line: null, column: null }
  const reason = error.reason.startsWith('aliases exceeded')
    ? 'an alias (*name) cannot be used here; write the value out'
    : error.reason
  if (!error.mark) return { message: `The YAML cannot be read: ${reason}.`, line: null, column: null }
  const line = error.mark.line + 1
  const column = error.mark.column + 1
  return { message: `The YAML cannot be read: line ${line}, column ${column}: ${reason}.`, line, column }
}
