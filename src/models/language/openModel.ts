import { readExactly, type ByteSource } from '../readers/byteSource.ts'
import { ReadError } from '../readers/numberTable.ts'
import { openSafetensors } from '../readers/safetensors.ts'
import { parseConfig, type Config } from './config.ts'
import { gpt2Layout } from './gpt2.ts'
import { llamaLayout } from './llama.ts'
import type { Layout } from './layout.ts'
import { openLlama2c } from './llama2c.ts'
import type { LanguageModel } from './model.ts'
import { safetensorsStore } from './safetensorsStore.ts'
import { checkTensors, kept } from './tensorStore.ts'
import { toyLayout } from './toy.ts'

interface Architecture {
  readonly id: string
  /** What may stand before the names of its tensors. */
  readonly prefix: string
  readonly layout: (config: Config) => Layout
}

/** By `model_type` in config.json. */
const architectures: readonly Architecture[] = [
  { id: 'gpt2', prefix: 'transformer.', layout: gpt2Layout },
  ...['llama', 'mistral', 'qwen2'].map((id) => ({
    id,
    prefix: '',
    layout: (config: Config) => llamaLayout(config, id),
  })),
  { id: 'softscope-toy', prefix: '', layout: toyLayout },
]

/** Weights that stay in memory between two runs, in bytes of float32. */
const cacheBytes = 256 * 2 ** 20

/**
 * Opens a model's file: safetensors with its config.json (or the config among the file's own metadata), or a `.bin` of
 * llama2.c. Only the table of contents is read; weights come when they are needed.
 * @param config  the text of config.json, or null where the person gave none
 * @throws ReadError saying what is wrong: the architecture, a field of the config, or a tensor and what was expected of it
 */
export async function openModel(source: ByteSource, config: string | null): Promise<LanguageModel> {
  if (!(await looksLikeSafetensors(source))) return openLlama2c(source)
  const file = await openSafetensors(source)
  const text = config ?? file.metadata.get('config')
  if (text === undefined)
    throw new ReadError(
      'a safetensors file needs the config.json that lies beside it: it holds the number of heads and the architecture. Attention maps are one tensor of shape (layers, heads, T, T).',
    )
  const fields = parseConfig(text)
  const { id, prefix, layout } = architectureOf(fields)
  const { expected, model } = layout(fields)
  const store = kept(safetensorsStore(file, prefix), cacheBytes)
  checkTensors(store, expected, id)
  return model(store)
}

function architectureOf(config: Config): Architecture {
  const id = config.textOr('', 'model_type')
  const known = architectures.find((each) => each.id === id)
  if (known) return known
  const found = id === '' ? 'names no model_type' : `is of a ${id} model`
  throw new ReadError(
    `the config ${found}; architectures that can be read: ${architectures.map((each) => each.id).join(', ')}, and .bin files of llama2.c.`,
  )
}

/** Eight bytes of length, and a brace; or a length that fits the file, which no llama2.c header makes. */
async function looksLikeSafetensors(source: ByteSource): Promise<boolean> {
  if (source.size < 9) throw new ReadError('the model file is too short to hold a model.', { byte: source.size })
  const start = await readExactly(source, 0, 9)
  const length = Number(new DataView(start.buffer, start.byteOffset, 8).getBigUint64(0, true))
  return start[8] === 0x7b || (length > 0 && length <= source.size - 8)
}
