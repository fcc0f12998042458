import { ReadError } from '../readers/numberTable.ts'
import type { Tokenizer } from './tokenizer.ts'

/**
 * Reads a tokenizer.json, as the tokenizers library of Hugging Face writes it.
 * @throws ReadError if it is not one
 */
export async function readJsonTokenizer(text: string): Promise<Tokenizer> {
  // 37 kB that only such a file needs.
  const { Tokenizer: Library } = await import('@huggingface/tokenizers')
  const parsed = parse(text)
  const library = attempt('the tokenizer.json cannot be used', () => new Library(parsed, {}))
  const unknown = unknownWord(parsed)
  const unknownId = unknown === null ? undefined : library.token_to_id(unknown)
  return {
    // Models of this kind often have rows to spare.
    size: null,
    encode(text) {
      const { ids, tokens } = attempt('the tokenizer cannot read this text', () => library.encode(text))
      // The library leaves a hole for a word that a list of whole words does not have.
      return Array.from(ids, (id: number | undefined, i) => {
        const known = id ?? unknownId
        if (known !== undefined) return known
        throw new ReadError(
          `the tokenizer has no token for “${tokens[i]}”, and none for unknown words. Write another word.`,
        )
      })
    },
    textOf: (id) => {
      const token = library.id_to_token(id)
      if (token === undefined) return String(id)
      // A lone token at the start of a text would lose its space.
      const word = library.decode([id], { skip_special_tokens: false, clean_up_tokenization_spaces: false })
      return /^[Ġ▁]/.test(token) && !word.startsWith(' ') ? ` ${word}` : word
    },
  }
}

/** What the file writes for a word that it does not have. */
function unknownWord({ model }: { readonly model: unknown }): string | null {
  const named = typeof model === 'object' && model !== null && 'unk_token' in model ? model.unk_token : null
  return typeof named === 'string' ? named : null
}

function parse(text: string): { readonly model: unknown } {
  const parsed: unknown = attempt('the tokenizer is not JSON', () => JSON.parse(text) as unknown)
  if (typeof parsed !== 'object' || parsed === null || !('model' in parsed))
    throw new ReadError('the tokenizer.json has no "model": save it with tokenizer.save("tokenizer.json").')
  return parsed
}

function attempt<T>(what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new ReadError(`${what}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
