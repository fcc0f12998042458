import { readExactly, type ByteSource } from '../readers/byteSource.ts'
import { ReadError } from '../readers/numberTable.ts'
import { readJsonTokenizer } from './jsonTokenizer.ts'
import { readLlama2cTokenizer } from './llama2cTokenizer.ts'
import type { Tokenizer } from './tokenizer.ts'

const mostBytes = 64 * 2 ** 20

/**
 * Opens a tokenizer.json or a tokenizer's `.bin` of llama2.c, by what is in the file.
 * @throws ReadError if it is neither
 */
export async function openTokenizer(source: ByteSource): Promise<Tokenizer> {
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
