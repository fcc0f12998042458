import { readExactly, type ByteSource } from '../readers/byteSource.ts'
import { isNpy } from '../readers/npy.ts'
import { ReadError } from '../readers/numberTable.ts'
import { openSafetensors } from '../readers/safetensors.ts'
import { looksLikeLlama2c } from './llama2c.ts'
import { isMapsTensor } from './readMaps.ts'

/** What a file is for. */
export type FileRole = 'model' | 'config' | 'tokenizer' | 'attention' | 'tokens'

/**
 * Tells a model from its config, its tokenizer, attention maps and a list of tokens, by what is in the file.
 * @throws ReadError if it is none of them
 */
export async function fileRole(source: ByteSource): Promise<FileRole> {
  const start = await readExactly(source, 0, Math.min(64, source.size))
  if (isNpy(start)) return 'attention'
  if (start[8] === 0x7b && start.length > 8) {
    const { tensors } = await openSafetensors(source)
    return [...tensors.values()].every(isMapsTensor) && tensors.size > 0 ? 'attention' : 'model'
  }
  const text = new TextDecoder()
    .decode(start)
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (text.startsWith('[')) return 'tokens'
  if (text.startsWith('{')) return roleOfJson(source)
  // A tokenizer of llama2.c opens with the length of its longest token, then with the score of its first.
  return looksLikeLlama2c(start) ? 'model' : 'tokenizer'
}

const mostJson = 64 * 2 ** 20

async function roleOfJson(source: ByteSource): Promise<FileRole> {
  if (source.size > mostJson) throw new ReadError('too large for a config or a tokenizer.')
  const text = new TextDecoder().decode(await readExactly(source, 0, source.size))
  const parsed = JSON.parse(text) as object
  if ('model_type' in parsed) return 'config'
  if ('model' in parsed) return 'tokenizer'
  throw new ReadError(
    'this JSON is neither a config.json (it has no "model_type") nor a tokenizer.json (it has no "model").',
  )
}
