import { ReadError } from '../readers/numberTable.ts'
import type { Tokenizer } from './tokenizer.ts'

const bos = 1
/** The first of the 256 tokens that stand for single bytes. */
const firstByte = 3

interface Vocabulary {
  readonly words: readonly string[]
  readonly scores: readonly number[]
  readonly ids: ReadonlyMap<string, number>
}

/** Bytes as text and back, one character each: a token may end in the middle of a letter. */
const binary = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
const encoder = new TextEncoder()

/**
 * Reads a tokenizer's `.bin` of llama2.c: the longest token's length, then for each token a score, a length and its bytes.
 * @throws ReadError naming the token at which the file ends
 */
export function readLlama2cTokenizer(file: Uint8Array): Tokenizer {
  const vocabulary = readVocabulary(file)
  const { words, ids } = vocabulary
  return {
    size: words.length,
    encode(text) {
      const space = ids.get(' ')
      const pieces = text === '' ? [] : [...(space === undefined ? [] : [space]), ...piecesOf(text, ids)]
      return [bos, ...merged(pieces, vocabulary)]
    },
    textOf(id) {
      const word = words[id] ?? ''
      const byte = /^<0x([0-9A-F]{2})>$/.exec(word)?.[1]
      if (byte !== undefined) return byteName(parseInt(byte, 16))
      return new TextDecoder()
        .decode(Uint8Array.from(word, (letter) => letter.charCodeAt(0)))
        .replace(/^\n(<\/?s>)\n$/, '$1')
    },
  }
}

/** A byte that is a letter of its own, or its number. */
const byteName = (byte: number): string =>
  byte === 10 || (byte >= 32 && byte < 127) ? String.fromCharCode(byte) : `0x${byte.toString(16)}`

function readVocabulary(file: Uint8Array): Vocabulary {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const words: string[] = []
  const scores: number[] = []
  const ids = new Map<string, number>()
  for (let at = 4; at < file.length;) {
    const end = at + 8 <= file.length ? at + 8 + view.getInt32(at + 4, true) : Infinity
    if (end > file.length || end < at + 8)
      throw new ReadError(
        `token ${words.length} of the tokenizer is cut short, or this is not a tokenizer of llama2.c.`,
        { byte: at },
      )
    const word = binary(file.subarray(at + 8, end))
    if (!ids.has(word)) ids.set(word, words.length)
    words.push(word)
    scores.push(view.getFloat32(at, true))
    at = end
  }
  if (words.length <= firstByte) throw new ReadError('the tokenizer file holds no tokens.', { byte: 0 })
  return { words, scores, ids }
}

/** One token for each letter; the bytes of a letter that has none. */
function piecesOf(text: string, ids: ReadonlyMap<string, number>): number[] {
  return Array.from(text).flatMap((letter) => {
    const bytes = encoder.encode(letter)
    const id = ids.get(binary(bytes))
    return id === undefined ? Array.from(bytes, (byte) => byte + firstByte) : [id]
  })
}

/** Joins the two neighbours whose token has the highest score, the leftmost of equals, until none can be joined. */
function merged(pieces: readonly number[], { words, scores, ids }: Vocabulary): number[] {
  const out = [...pieces]
  for (;;) {
    let best = -1
    let bestId = -1
    for (let i = 0; i + 1 < out.length; i++) {
      const id = ids.get(words[out[i]!]! + words[out[i + 1]!]!)
      if (id !== undefined && (best < 0 || scores[id]! > scores[bestId]!)) {
        best = i
        bestId = id
      }
    }
    if (best < 0) return out
    out.splice(best, 2, bestId)
  }
}
