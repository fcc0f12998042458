import { fileRole, type FileRole } from '../../models/language/fileRole.ts'
import { blobSource } from '../../models/readers/byteSource.ts'
import { ReadError } from '../../models/readers/numberTable.ts'
import type { PanelViewProps } from '../contract.ts'
import type { AttentionExperiment } from './experiment.ts'
import type { AttentionResult } from './result.ts'

type KeepFile = PanelViewProps<AttentionExperiment, AttentionResult>['keepFile']

/**
 * Takes the files that a person chose together, each for what it is, and gives the change that they make. A new model
 * comes without the config and tokenizer of the one before.
 * @throws ReadError naming the file that is none of what is known
 */
export async function bringFiles(files: readonly File[], keepFile: KeepFile): Promise<Partial<AttentionExperiment>> {
  const keys: Partial<Record<FileRole, string>> = {}
  for (const file of files) keys[await roleOf(file)] = await keepFile(file, file.name)
  const unselected = { layer: null, head: null, heads: [] }
  // What only a model can be asked.
  const unasked = { first: 'kept', normalizer: null, ids: null } as const
  if (keys.attention !== undefined)
    return { ...unselected, ...unasked, model: null, attention: keys.attention, tokens: keys.tokens ?? null }
  if (keys.model === undefined) return keys
  const fresh = { config: null, tokenizer: null, attention: null, tokens: null, ids: null, normalizer: null }
  return { ...unselected, ...fresh, ...keys }
}

async function roleOf(file: File): Promise<FileRole> {
  try {
    return await fileRole(blobSource(file))
  } catch (error) {
    if (error instanceof ReadError) throw error.inFile(file.name)
    throw error instanceof SyntaxError ? new ReadError(`not JSON: ${error.message}`, null, file.name) : error
  }
}
