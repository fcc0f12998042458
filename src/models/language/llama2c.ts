import { floatsOf } from '../readers/bulkFloats.ts'
import { readExactly, type ByteSource } from '../readers/byteSource.ts'
import { ReadError } from '../readers/numberTable.ts'
import type { LanguageModel, Linear, ModelShape } from './model.ts'
import { rotaryFrequencies } from './rotary.ts'
import { embeddingsOf, entriesOf, kept, readRows, readWhole, type TensorStore } from './tensorStore.ts'

const headerBytes = 28
/** The number that opens the later versions of the format. */
const laterVersions = 0x616b3432
const cacheBytes = 256 * 2 ** 20

interface Header {
  readonly dim: number
  readonly hidden: number
  readonly layers: number
  readonly heads: number
  readonly kvHeads: number
  readonly vocabulary: number
  readonly context: number
  /** Whether the embedding makes the logits too. */
  readonly tied: boolean
}

/**
 * Opens a `.bin` file of llama2.c, version 0: seven int32, then float32 tensors, each stacked over the layers. A negative
 * vocabulary says that the output matrix is a tensor of its own.
 * @throws ReadError if it is not one, or naming the tensor at which it is cut short
 */
export async function openLlama2c(source: ByteSource): Promise<LanguageModel> {
  const header = await readHeader(source)
  const shapes = tensorShapes(header)
  const starts = new Map<string, number>()
  let at = headerBytes
  for (const [name, shape] of shapes) {
    starts.set(name, at)
    at += 4 * entriesOf(shape)
    if (at > source.size)
      throw new ReadError(
        `the file is cut short in tensor "${name}" of shape (${shape.join(', ')}), which ends at byte ${at}; the file has ${source.size}.`,
        { byte: source.size },
      )
  }
  if (at !== source.size)
    throw new ReadError(
      `the file has ${source.size} bytes, but the sizes in its header make ${at}: it is not a version-0 file of llama2.c.`,
    )
  const store: TensorStore = {
    shape: (name) => shapes.get(name),
    async read(name, first, end) {
      const start = starts.get(name) ?? NaN
      return floatsOf(await readExactly(source, start + 4 * first, start + 4 * end))
    },
  }
  return modelOf(kept(store, cacheBytes), header, source.size)
}

/** True for bytes that can be the start of such a file of `size` bytes: sizes that agree with each other. */
export const looksLikeLlama2c = (start: Uint8Array): boolean => {
  if (start.length < headerBytes) return false
  const [dim, hidden, layers, heads, kvHeads, vocabulary, context] = headerNumbers(start)
  const small = [dim, hidden, layers, heads, kvHeads, context].every((size) => size! > 0 && size! < 1_000_000)
  return small && vocabulary !== 0 && dim! % heads! === 0 && heads! % kvHeads! === 0
}

const headerNumbers = (bytes: Uint8Array): number[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes)
  return Array.from({ length: 7 }, (_, i) => view.getInt32(4 * i, true))
}

async function readHeader(source: ByteSource): Promise<Header> {
  if (source.size < headerBytes) throw new ReadError('too short for a llama2.c file.', { byte: source.size })
  const bytes = await readExactly(source, 0, headerBytes)
  const [dim, hidden, layers, heads, kvHeads, vocabulary, context] = headerNumbers(bytes) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (dim === laterVersions)
    throw new ReadError(
      `this is version ${hidden} of the llama2.c format; version 0 can be read. Export it with --version 0.`,
      { byte: 0 },
    )
  if (!looksLikeLlama2c(bytes))
    throw new ReadError(
      `the header's sizes do not make a llama2.c model: dim ${dim}, hidden ${hidden}, layers ${layers}, heads ${heads}, key-value heads ${kvHeads}, vocabulary ${vocabulary}, context ${context}.`,
      { byte: 0 },
    )
  return { dim, hidden, layers, heads, kvHeads, vocabulary: Math.abs(vocabulary), context, tied: vocabulary > 0 }
}

/** In the order of the file. The two tables of rotary angles are there, and are not read. */
function tensorShapes({
  dim,
  hidden,
  layers,
  heads,
  kvHeads,
  vocabulary,
  context,
  tied,
}: Header): Map<string, readonly number[]> {
  const kv = (dim / heads) * kvHeads
  const half = dim / heads / 2
  return new Map<string, readonly number[]>([
    ['tok_emb', [vocabulary, dim]],
    ['rms_att', [layers, dim]],
    ['wq', [layers, dim, dim]],
    ['wk', [layers, kv, dim]],
    ['wv', [layers, kv, dim]],
    ['wo', [layers, dim, dim]],
    ['rms_ffn', [layers, dim]],
    ['w1', [layers, hidden, dim]],
    ['w2', [layers, dim, hidden]],
    ['w3', [layers, hidden, dim]],
    ['rms_final', [dim]],
    ['freq_real', [context, half]],
    ['freq_imag', [context, half]],
    ...(tied ? [] : ([['wcls', [vocabulary, dim]]] as const)),
  ])
}

function modelOf(store: TensorStore, header: Header, bytes: number): LanguageModel {
  const { dim, hidden, layers, heads, kvHeads, vocabulary, context, tied } = header
  const headWidth = dim / heads
  const shape: ModelShape = {
    family: 'llama2.c',
    layers,
    heads,
    kvHeads,
    width: dim,
    headWidth,
    vocabulary,
    context,
    norm: 'rms',
    normEpsilon: 1e-5,
    rotary: { pairs: 'interleaved', frequencies: rotaryFrequencies(headWidth, 10_000) },
    activation: 'swiglu',
    normalizer: { id: 'softmax', params: {} },
    normalizerSaid: false,
    parameters: (bytes - headerBytes) / 4 - context * headWidth,
    tokenNames: null,
  }
  const linear = async (name: string, layer: number, outputs: number, inputs: number): Promise<Linear> => ({
    weight: await store.read(name, layer * outputs * inputs, (layer + 1) * outputs * inputs),
    bias: null,
    inputs,
    outputs,
  })
  const gain = async (name: string, layer: number) => ({
    gain: await readRows(store, name, dim, layer, layer + 1),
    bias: null,
  })
  return {
    shape,
    embed: (ids) => embeddingsOf(store, 'tok_emb', dim, ids),
    layer: async (l) => ({
      norm: await gain('rms_att', l),
      query: await linear('wq', l, dim, dim),
      key: await linear('wk', l, kvHeads * headWidth, dim),
      value: await linear('wv', l, kvHeads * headWidth, dim),
      output: await linear('wo', l, dim, dim),
      mlp: {
        norm: await gain('rms_ffn', l),
        gate: await linear('w1', l, hidden, dim),
        up: await linear('w3', l, hidden, dim),
        down: await linear('w2', l, dim, hidden),
      },
    }),
    finalNorm: async () => ({ gain: await readWhole(store, 'rms_final'), bias: null }),
    outputRows: (first, end) => readRows(store, tied ? 'tok_emb' : 'wcls', dim, first, end),
  }
}
