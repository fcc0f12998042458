import { ReadError } from '../readers/numberTable.ts'
import type { Tokenizer } from './tokenizer.ts'

/**
 * Tokens written by name, with spaces between them. Without names every token is called by its id.
 * @param names  of the tokens 0, 1, …; null for ids
 */
export function nameTokenizer(names: readonly string[] | null, vocabulary: number): Tokenizer {
  const ids = new Map(names?.map((name, id) => [name, id]))
  return {
    size: vocabulary,
    encode: (text) =>
      text
        .trim()
        .split(/\s+/)
        .filter((word) => word !== '')
        .map((word) => {
          const id = ids.get(word) ?? (/^\d+$/.test(word) ? Number(word) : -1)
          if (id >= 0 && id < vocabulary) return id
          const known = names === null ? `ids from 0 to ${vocabulary - 1}` : names.join(' ')
          throw new ReadError(
            `"${word}" is no token of this model, which has ${known}. Bring its tokenizer to write plain text.`,
          )
        }),
    textOf: (id) => names?.[id] ?? String(id),
  }
}
