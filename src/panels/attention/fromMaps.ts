import { readMaps } from '../../models/language/readMaps.ts'
import { ReadError } from '../../models/readers/numberTable.ts'
import type { ComputeContext } from '../contract.ts'
import type { AttentionExperiment } from './experiment.ts'
import { mapNotices } from './mapNotices.ts'
import { measured } from './measured.ts'
import { naming, textOf } from './open.ts'
import type { Undescribed } from './result.ts'

/**
 * What can be read off maps that another program saved.
 * @param reference  their file
 * @throws ReadError naming the file and what is wrong with it
 */
export async function fromMaps(
  experiment: AttentionExperiment,
  reference: string,
  { file, progress }: ComputeContext,
): Promise<Undescribed> {
  progress(0, 'reading the maps')
  const named = await file(reference)
  const maps = await naming(named, readMaps(named.source))
  const names = experiment.tokens === null ? null : await namesOf(await file(experiment.tokens), maps.tokens)
  return {
    ...measured(maps, experiment),
    model: null,
    tokens: names ?? Array.from({ length: maps.tokens }, (_, i) => String(i + 1)),
    ids: null,
    ran: null,
    notices: [...mapNotices(maps), ...unused(experiment)],
    perplexity: null,
    nll: null,
    asTrained: null,
    hidden: [],
    kurtosis: [],
    maxOverMedian: [],
    valueRatio: [],
    valueNorms: [],
    lastLogits: null,
    next: [],
  }
}

/** What is asked of a model, and cannot be done to finished maps. */
function unused({ first, normalizer, heads, ids }: AttentionExperiment): string[] {
  const asked = [
    first !== 'kept' && 'first',
    normalizer !== null && 'normalizer',
    heads.length > 0 && 'heads',
    ids !== null && 'ids',
  ].filter((name) => name !== false)
  if (asked.length === 0) return []
  return [`Not used, since it takes a model and these are maps from elsewhere: ${asked.join(', ')}.`]
}

async function namesOf(file: Awaited<ReturnType<ComputeContext['file']>>, tokens: number): Promise<string[]> {
  const names = await naming(
    file,
    textOf(file).then((text) => parsedNames(text)),
  )
  if (names.length !== tokens)
    throw new ReadError(`${names.length} names for ${tokens} tokens; name each once.`, null, file.name)
  return names.map(readable)
}

/** As tokenizers write them, a leading space is Ġ or ▁ and a line break is Ċ. */
const readable = (name: string): string =>
  /^Ċ+$/.test(name) ? '\n'.repeat(name.length) : name.replace(/^[Ġ▁]+/, (spaces) => ' '.repeat(spaces.length))

function parsedNames(text: string): string[] {
  const names = parsed(text)
  if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names
  throw new ReadError('the tokens must be a JSON list of texts, such as ["Once", " upon"].')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ReadError(`the tokens are not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}
