import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { loadAll } from 'js-yaml'
import { counted } from '../math/counted.ts'
import { UsageError, type Io } from './command.ts'

/**
 * Reads an experiment's fields from YAML or JSON; `-` is standard input, and an empty file has no fields.
 * @throws UsageError if the file cannot be read or holds anything but one object
 */
export async function readExperiment(file: string, { stdin }: Io): Promise<Readonly<Record<string, unknown>>> {
  const name = file === '-' ? 'standard input' : file
  const documents = parsed(name, file === '-' ? await text(stdin) : await contents(file))
  if (documents.length === 0) return {}
  const [fields] = documents
  const problem = documents.length > 1 ? `${documents.length} documents` : isObject(fields) ? null : whatIs(fields)
  if (problem !== null)
    throw new UsageError(
      `${name} holds ${problem}; an experiment is one object: fields by name, as in JSON {"name": value} or YAML name: value`,
    )
  return fields as Record<string, unknown>
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

function whatIs(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${counted(value.length, 'item')}`
  return value === null ? 'null' : `the ${typeof value} ${JSON.stringify(value)?.slice(0, 40)}`
}

async function contents(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new UsageError(`--experiment: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function parsed(name: string, source: string): unknown[] {
  try {
    // JSON is YAML too.
    return loadAll(source.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new UsageError(`${name} is neither YAML nor JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}
