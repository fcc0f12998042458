import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { loadAll } from 'js-yaml'
import { UsageError, type Io } from './command.ts'

/**
 * Reads an experiment's fields from YAML or JSON; `-` is standard input, and an empty file has no fields.
 * @throws UsageError if the file cannot be read or holds no mapping
 */
export async function readExperiment(file: string, { stdin }: Io): Promise<Readonly<Record<string, unknown>>> {
  const name = file === '-' ? 'standard input' : file
  const documents = parsed(name, file === '-' ? await text(stdin) : await contents(file))
  if (documents.length === 0) return {}
  const [fields] = documents
  if (documents.length > 1 || typeof fields !== 'object' || fields === null || Array.isArray(fields))
    throw new UsageError(`${name} must hold one mapping of fields, such as "logits: [2, 1, 0.5]"`)
  return fields as Record<string, unknown>
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
