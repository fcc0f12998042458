import { describe, expect, it } from 'vitest'
import { normalizerById } from '../../../src/math/normalizers/index.ts'
import { forward } from '../../../src/models/language/forward.ts'
import type { LanguageModel } from '../../../src/models/language/model.ts'
import { openModel } from '../../../src/models/language/openModel.ts'
import { bytesSource, type ByteSource } from '../../../src/models/readers/byteSource.ts'
import { groupedParts, randomGrouped, randomIds } from './randomModels.ts'
import { safetensorsBytes } from './safetensorsBytes.ts'
import { worst } from './worst.ts'

type Tensors = ReturnType<typeof groupedParts>['tensors']

const ids = randomIds(12, 70, 1)
const options = { normalizerAt: () => ({ entry: normalizerById('softmax')!, params: { T: 1 } }), allLogits: true }
const run = (model: LanguageModel) => forward(model, ids, options)
const open = (tensors: Tensors, config: object) =>
  openModel(bytesSource(safetensorsBytes(tensors)), JSON.stringify(config))
const mapped = (tensors: Tensors, change: (values: Float32Array) => ArrayLike<number>) =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, values }]) => [name, { shape, values: change(values) }]),
  )

describe('weights of 16 bits', () => {
  it('as halves give exactly what their values give as float32', async () => {
    const { tensors, config } = groupedParts(1)
    // (1 + f/1024) 2^e, with f and e of the weight; below 2^-14 it is 0.
    const parts = (w: number) => {
      const e = Math.floor(Math.log2(Math.abs(w)))
      return { sign: w < 0 ? -1 : 1, e, f: Math.floor((Math.abs(w) / 2 ** e - 1) * 1024), none: !(e >= -14) }
    }
    const bits = (w: number) => {
      const { sign, e, f, none } = parts(w)
      return none ? 0 : (sign < 0 ? 0x8000 : 0) | ((e + 15) << 10) | f
    }
    const value = (w: number) => {
      const { sign, e, f, none } = parts(w)
      return none ? 0 : sign * (1 + f / 1024) * 2 ** e
    }
    const halves = safetensorsBytes(
      mapped(tensors, (each) => Array.from(each, bits)),
      {},
      'F16',
    )
    const got = await run(await openModel(bytesSource(halves), JSON.stringify(config)))
    const want = await run(await open(mapped(tensors, (each) => each.map(value)) as Tensors, config))
    expect(worst(got.logits!, want.logits!)).toBe(0)
  })

  it('as bfloat16, the upper halves of float32, give exactly what their values give as float32', async () => {
    const { tensors, config } = groupedParts(2)
    const words = (each: Float32Array) => new Uint32Array(each.slice().buffer)
    const brains = safetensorsBytes(
      mapped(tensors, (each) => words(each).map((word) => word >>> 16)),
      {},
      'BF16',
    )
    const cut = (each: Float32Array) => new Float32Array(words(each).map((word) => word & 0xffff0000).buffer)
    const got = await run(await openModel(bytesSource(brains), JSON.stringify(config)))
    const want = await run(await open(mapped(tensors, cut) as Tensors, config))
    expect(worst(got.logits!, want.logits!)).toBe(0)
  })
})

const shape = { width: 40, heads: 6, kvHeads: 2, headWidth: 8 }

/** Rows of a projection put in another order, head by head: new row i of a head is its old row `from(i)`. */
const reordered = (values: Float32Array, from: (row: number) => number) => {
  const { width, headWidth } = shape
  return values.map((_, at) => {
    const row = Math.floor(at / width)
    const inHead = row % headWidth
    return values[(row - inHead + from(inHead)) * width + (at % width)]!
  })
}

describe('grouped queries', () => {
  it('of six heads on two key heads are six on six, where each key and value head is there three times', async () => {
    const { tensors, config } = groupedParts(3)
    const { width, headWidth } = shape
    const size = headWidth * width
    const repeated = Object.fromEntries(
      Object.entries(tensors).map(([name, tensor]) => {
        if (!/[kv]_proj/.test(name)) return [name, tensor]
        const values = new Float32Array(6 * size)
        for (let head = 0; head < 6; head++)
          values.set(
            tensor.values.subarray(Math.floor(head / 3) * size, (Math.floor(head / 3) + 1) * size),
            head * size,
          )
        return [name, { shape: [6 * headWidth, width], values }]
      }),
    )
    const grouped = await run(await open(tensors, config))
    const whole = await run(await open(repeated, { ...config, num_key_value_heads: 6 }))
    expect(worst(grouped.logits!, whole.logits!)).toBe(0)
    expect(worst(grouped.attention, whole.attention)).toBe(0)
    expect([grouped.valueNorms.length, whole.valueNorms.length]).toEqual([2 * 2 * 12, 2 * 6 * 12])
  })
})

describe('rotary positions', () => {
  it('by neighbours, as llama2.c has them, give what those by halves give once the rows of a head change places', async () => {
    const { tensors, config } = groupedParts(4, 'llama')
    const model = await open(tensors, config)
    const { layer, shape: given } = model
    // Row i of a head by halves is row 2i by neighbours for its first half, and 2i + 1 for its second.
    const neighbours = (row: number) => (row % 2) * 4 + (row >> 1)
    const swapped: LanguageModel = {
      ...model,
      shape: { ...given, rotary: { ...given.rotary!, pairs: 'interleaved' } },
      async layer(l) {
        const weights = await layer(l)
        const turn = (linear: typeof weights.query) => ({
          ...linear,
          weight: reordered(linear.weight, neighbours),
        })
        return { ...weights, query: turn(weights.query), key: turn(weights.key) }
      },
    }
    const [halves, pairs] = [await run(model), await run(swapped)]
    // The same products, added in another order.
    expect(worst(halves.logits!, pairs.logits!)).toBeLessThan(1e-12)
    expect(worst(halves.attention, pairs.attention)).toBeLessThan(1e-13)
  })
})

/** Claims a size without holding it: the bytes that are there, then zeros. */
const claiming = (start: Uint8Array, size: number): ByteSource => ({
  size,
  read: async (from, to) => {
    if (to - from > 2 ** 20) throw new Error(`${to - from} bytes asked for at once`)
    const out = new Uint8Array(to - from)
    out.set(start.subarray(from, Math.max(from, Math.min(to, start.length))))
    return out
  },
})

describe('a file that lies about its size', () => {
  it('a header of 5 GB, a vocabulary of a billion, and llama2.c sizes of 900,000 are refused before anything is read', async () => {
    const prefix = new Uint8Array(16)
    new DataView(prefix.buffer).setBigUint64(0, 5_000_000_000n, true)
    prefix[8] = 0x7b
    await expect(openModel(claiming(prefix, 6_000_000_000), '{}')).rejects.toThrow(
      'the header claims 5000000000 bytes, but the file has 6000000000',
    )
    const { tensors, config } = groupedParts(5)
    await expect(open(tensors, { ...config, vocab_size: 1e9 })).rejects.toThrow(
      'tensor "model.embed_tokens.weight" has shape (70, 40); (1000000000, 40) is expected',
    )
    const header = new Uint8Array(Int32Array.of(900_000, 900_000, 900_000, 2, 2, 900_000, 8).buffer)
    await expect(openModel(bytesSource(Uint8Array.from([...header, ...new Uint8Array(64)])), null)).rejects.toThrow(
      'the file is cut short in tensor "tok_emb" of shape (900000, 900000)',
    )
  })

  it('a tensor of 5 GB in a file of 300 bytes is refused by name', async () => {
    const text = JSON.stringify({ w: { dtype: 'F32', shape: [1_250_000_000], data_offsets: [0, 5_000_000_000] } })
    const bytes = new Uint8Array(300)
    new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true)
    bytes.set(new TextEncoder().encode(text), 8)
    await expect(openModel(bytesSource(bytes), '{"model_type":"llama"}')).rejects.toThrow(
      `tensor "w" ends at byte ${8 + text.length + 5_000_000_000}, but the file has 300: it is cut short.`,
    )
  })
})

describe('reading by range', () => {
  it('a run reads no tensor but those of one layer at a time, and of the embedding only the words of the text', async () => {
    const { tensors, config } = groupedParts(6)
    const bytes = safetensorsBytes(tensors)
    const reads: number[] = []
    const source: ByteSource = {
      size: bytes.length,
      read: async (from, to) => (reads.push(to - from), bytes.subarray(from, to)),
    }
    const model = await openModel(source, JSON.stringify(config))
    reads.length = 0
    await model.embed([3, 3, 5])
    // Two words of 40 float32 numbers.
    expect(reads).toEqual([160, 160])
    reads.length = 0
    await model.layer(0)
    // The largest is an MLP's matrix of 56 by 40.
    expect(Math.max(...reads)).toBe(4 * 56 * 40)
    const again = reads.length
    await model.layer(0)
    expect(reads.length).toBe(again)
  })

  it('a run that is stopped in the middle of a model does no more layers', async () => {
    const controller = new AbortController()
    const model = await randomGrouped(7)
    const layers: number[] = []
    const watched: LanguageModel = { ...model, layer: (l) => (layers.push(l), model.layer(l)) }
    const stopped = forward(watched, ids, {
      ...options,
      signal: controller.signal,
      progress: (fraction) => fraction > 0 && controller.abort(new Error('stopped here')),
    })
    await expect(stopped).rejects.toThrow('stopped here')
    expect(layers).toEqual([0])
  })
})
