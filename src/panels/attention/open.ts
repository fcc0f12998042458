import type { LanguageModel } from '../../models/language/model.ts'
import { nameTokenizer } from '../../models/language/nameTokenizer.ts'
import { openModel } from '../../models/language/openModel.ts'
import { openTokenizer } from '../../models/language/openTokenizer.ts'
import type { Tokenizer } from '../../models/language/tokenizer.ts'
import { readExactly, type ByteSource } from '../../models/readers/byteSource.ts'
import { ReadError } from '../../models/readers/numberTable.ts'
import type { ComputeContext, NamedFile } from '../contract.ts'
import type { AttentionExperiment } from './experiment.ts'

export interface OpenedModel {
  readonly name: string
  readonly model: LanguageModel
  readonly tokenizer: Tokenizer
  /** Fetches what of the weights is still elsewhere: once, before a run that reads all of them. */
  readonly fetchAll: () => Promise<void>
}

interface Opened {
  readonly config: ByteSource | null
  readonly model: LanguageModel
}

/** A model stays open as long as its file does: another normalizer must not read the weights again. */
const open = new WeakMap<ByteSource, Opened>()

/**
 * Opens an experiment's model with its config and tokenizer.
 * @throws ReadError naming the file and what is wrong with it
 */
export async function openExperimentModel(
  { config, tokenizer }: Pick<AttentionExperiment, 'config' | 'tokenizer'>,
  reference: string,
  find: ComputeContext['file'],
): Promise<OpenedModel> {
  const weights = await find(reference)
  const described = config === null ? null : await find(config)
  const known = open.get(weights.source)
  const model =
    known !== undefined && known.config === (described?.source ?? null) ? known.model : await opened(weights, described)
  open.set(weights.source, { config: described?.source ?? null, model })
  const named = tokenizer === null ? null : await find(tokenizer)
  const { vocabulary, tokenNames } = model.shape
  return {
    name: weights.name,
    model,
    tokenizer:
      named === null
        ? nameTokenizer(tokenNames, vocabulary)
        : await naming(named, openTokenizer(named.source, vocabulary)),
    fetchAll: async () => weights.source.fetchAll?.(),
  }
}

const opened = async (weights: NamedFile, config: NamedFile | null): Promise<LanguageModel> =>
  naming(weights, openModel(weights.source, config === null ? null : await textOf(config)))

const mostText = 2 ** 24

export async function textOf({ name, source }: NamedFile): Promise<string> {
  if (source.size > mostText) throw new ReadError('too large for a text of this kind.', null, name)
  return new TextDecoder().decode(await readExactly(source, 0, source.size))
}

/** Puts the file's name before what is wrong with it. */
export async function naming<T>({ name }: Pick<NamedFile, 'name'>, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw error instanceof ReadError ? error.inFile(name) : error
  }
}
