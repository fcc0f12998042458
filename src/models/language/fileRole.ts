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
    const all = [...tensors.values()]
    // GPT-2 keeps its causal mask as a tensor that looks like a map, but among matrices.
    const noWeights = all.every((tensor) => isMapsTensor(tensor) || tensor.shape.length < 2)
    return noWeights && all.some(isMapsTensor) ? 'attention' : 'model'
  }
  const text = new TextDecoder()
    .decode(start)
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (text.startsWith('[')) return 'tokens'
  if (text.startsWith('{')) return roleOfJson(source)
  if (looksLikeLlama2c(start)) return 'model'
  if (looksLikeLlama2cTokenizer(start)) return 'tokenizer'
  throw new ReadError(
    'this is no model (safetensors, or a .bin of llama2.c), config.json, tokenizer, attention (NPY or safetensors) or list of tokens (JSON).',
  )
}

/** It opens with the length of its longest token, then with the score and the length of its first. */
function looksLikeLlama2cTokenizer(start: Uint8Array): boolean {
  if (start.length < 12) return false
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength)
  const [longest, first] = [view.getInt32(0, true), view.getInt32(8, true)]
  return longest > 0 && longest <= longestToken && first >= 0 && first <= longest
}

/** Bytes; far above any tokenizer's, and below what four letters of a text give as a number. */
const longestToken = 2 ** 16

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
