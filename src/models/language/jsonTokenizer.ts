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
  return {
    encode: (words) => attempt('the tokenizer cannot read this text', () => library.encode(words).ids),
    textOf: (id) => {
      const token = library.id_to_token(id)
      if (token === undefined) return String(id)
      // A lone token at the start of a text would lose its space.
      const word = library.decode([id], { skip_special_tokens: false, clean_up_tokenization_spaces: false })
      return /^[Ġ▁]/.test(token) && !word.startsWith(' ') ? ` ${word}` : word
    },
  }
}

function parse(text: string): object {
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
