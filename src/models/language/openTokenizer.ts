import { readExactly, type ByteSource } from '../readers/byteSource.ts'
import { ReadError } from '../readers/numberTable.ts'
import { readJsonTokenizer } from './jsonTokenizer.ts'
import { readLlama2cTokenizer } from './llama2cTokenizer.ts'
import type { Tokenizer } from './tokenizer.ts'

const mostBytes = 64 * 2 ** 20

/**
 * Opens a tokenizer.json or a tokenizer's `.bin` of llama2.c, by what is in the file.
 * @param vocabulary  of the model that it is for
 * @throws ReadError if it is neither, or is for another vocabulary: a file that is cut between two tokens shows in nothing else
 */
export async function openTokenizer(source: ByteSource, vocabulary: number): Promise<Tokenizer> {
  const tokenizer = await opened(source)
  const { size } = tokenizer
  if (size === null || size === vocabulary) return tokenizer
  const why = size < vocabulary ? 'the file is cut short, or belongs to another model' : 'it belongs to another model'
  throw new ReadError(`the tokenizer has ${size} tokens, the model has ${vocabulary}: ${why}.`)
}

async function opened(source: ByteSource): Promise<Tokenizer> {
  if (source.size > mostBytes)
    throw new ReadError(
      `the tokenizer has ${Math.ceil(source.size / 2 ** 20)} MiB; at most 64 can be read. Is it the model?`,
    )
  const bytes = await readExactly(source, 0, source.size)
  const start = new TextDecoder()
    .decode(bytes.subarray(0, 64))
    .replace(/^\uFEFF/, '')
    .trimStart()
  return start.startsWith('{') ? readJsonTokenizer(new TextDecoder().decode(bytes)) : readLlama2cTokenizer(bytes)
}
