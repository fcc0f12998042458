import { describe, expect, it } from 'vitest'
import { normalizerById } from '../../../src/math/normalizers/index.ts'
import { forward } from '../../../src/models/language/forward.ts'
import { openModel } from '../../../src/models/language/openModel.ts'
import { bytesSource } from '../../../src/models/readers/byteSource.ts'
import { worst } from './models.ts'
import { safetensorsBytes } from './safetensorsBytes.ts'

/** Small numbers that differ, the same every time. */
const values = (length: number, seed: number) =>
  Float32Array.from({ length }, (_, i) => Math.sin(1 + i * 1.7 + seed * 0.9) / 2)
const tensor = (seed: number, ...shape: number[]) => ({
  shape,
  values: values(
    shape.reduce((a, b) => a * b, 1),
    seed,
  ),
})

const config = {
  model_type: 'llama',
  hidden_size: 8,
  intermediate_size: 12,
  num_hidden_layers: 1,
  num_attention_heads: 2,
  num_key_value_heads: 1,
  vocab_size: 5,
  max_position_embeddings: 16,
  rms_norm_eps: 1e-5,
  tie_word_embeddings: false,
}
const llama = {
  'model.embed_tokens.weight': tensor(1, 5, 8),
  'model.layers.0.input_layernorm.weight': tensor(2, 8),
  'model.layers.0.self_attn.q_proj.weight': tensor(3, 8, 8),
  'model.layers.0.self_attn.k_proj.weight': tensor(4, 4, 8),
  'model.layers.0.self_attn.v_proj.weight': tensor(5, 4, 8),
  'model.layers.0.self_attn.o_proj.weight': tensor(6, 8, 8),
  'model.layers.0.post_attention_layernorm.weight': tensor(7, 8),
  'model.layers.0.mlp.gate_proj.weight': tensor(8, 12, 8),
  'model.layers.0.mlp.up_proj.weight': tensor(9, 12, 8),
  'model.layers.0.mlp.down_proj.weight': tensor(10, 8, 12),
  'model.norm.weight': tensor(11, 8),
  'lm_head.weight': tensor(12, 5, 8),
}
const open = (tensors: Parameters<typeof safetensorsBytes>[0], fields: object = config) =>
  openModel(bytesSource(safetensorsBytes(tensors)), JSON.stringify(fields))
const softmax = () => ({ entry: normalizerById('softmax')!, params: { T: 1 } })
const logits = async (tensors: Parameters<typeof safetensorsBytes>[0], fields: object) =>
  (await forward(await open(tensors, fields), [0, 3, 1, 4], { normalizerAt: softmax, allLogits: true })).logits!

describe('a safetensors model', () => {
  it('of an unknown architecture names it, and those that are known', async () => {
    await expect(open(llama, { ...config, model_type: 'mamba' })).rejects.toThrow(
      'the config is of a mamba model; architectures that can be read: gpt2, llama, mistral, qwen2, softscope-toy, and .bin files of llama2.c.',
    )
  })

  it('without a tensor names it and its shape; with a misshapen one, both shapes', async () => {
    const { 'model.norm.weight': _, ...less } = llama
    await expect(open(less)).rejects.toThrow(
      'tensor "model.norm.weight" is missing; a llama model of this size needs it, shape (8).',
    )
    await expect(open({ ...llama, 'model.layers.0.self_attn.k_proj.weight': tensor(4, 8, 8) })).rejects.toThrow(
      'tensor "model.layers.0.self_attn.k_proj.weight" has shape (8, 8); (4, 8) is expected from the model\'s sizes.',
    )
  })

  it('without a config, or with a field that is wrong, says which', async () => {
    await expect(openModel(bytesSource(safetensorsBytes(llama)), null)).rejects.toThrow(
      'needs the config.json that lies beside it',
    )
    await expect(open(llama, { ...config, num_hidden_layers: 'two' })).rejects.toThrow(
      `the config's num_hidden_layers is "two"; it must be a whole number above 0.`,
    )
    await expect(open(llama, { ...config, rope_scaling: { rope_type: 'yarn', factor: 4 } })).rejects.toThrow(
      'rotary scaling is "yarn"; known are default, linear and llama3.',
    )
  })

  it('whose header is a list, not an object, is told as safetensors', async () => {
    const bytes = new Uint8Array(8 + 12)
    bytes[0] = 12
    bytes.set(new TextEncoder().encode('["a", "b"]  '), 8)
    await expect(openModel(bytesSource(bytes), null)).rejects.toThrow(
      'the header is not a JSON object: this is not a safetensors file.',
    )
  })

  it('cut short names the tensor that the file ends in', async () => {
    const bytes = safetensorsBytes(llama)
    await expect(openModel(bytesSource(bytes.subarray(0, bytes.length - 40)), JSON.stringify(config))).rejects.toThrow(
      /lm_head.weight.*cut short/,
    )
  })

  it('tied gives the logits of an untied one whose output matrix is the embedding', async () => {
    const { 'lm_head.weight': _, ...shared } = llama
    const same = { ...llama, 'lm_head.weight': llama['model.embed_tokens.weight'] }
    expect(worst(await logits(shared, { ...config, tie_word_embeddings: true }), await logits(same, config))).toBe(0)
  })

  it('linear rotary scaling by 2 turns position 2 as far as position 1 without it: the logits differ from the plain ones', async () => {
    const plain = await logits(llama, config)
    const scaled = await logits(llama, { ...config, rope_scaling: { type: 'linear', factor: 2 } })
    // The first token is at position 0, where nothing turns.
    expect(worst(plain.subarray(0, 5), scaled.subarray(0, 5))).toBe(0)
    expect(worst(plain, scaled)).toBeGreaterThan(1e-4)
  })

  it('an id outside the vocabulary and too long a text are refused with the limit', async () => {
    const model = await open(llama)
    await expect(forward(model, [0, 5], { normalizerAt: softmax })).rejects.toThrow(
      "Token 5 is not in the model's vocabulary of 5",
    )
    // A hole, as a tokenizer may leave it for a word that it does not have.
    const hole = Array<number>(2)
    await expect(forward(model, hole.fill(0, 0, 1), { normalizerAt: softmax })).rejects.toThrow(
      "Token undefined is not in the model's vocabulary of 5",
    )
    await expect(forward(model, Array<number>(17).fill(0), { normalizerAt: softmax })).rejects.toThrow(
      'The text has 17 tokens; this model takes at most 16.',
    )
  })

  it('a run whose signal has fired ends with its reason', async () => {
    const controller = new AbortController()
    controller.abort(new Error('stopped here'))
    await expect(
      forward(await open(llama), [0, 1], { normalizerAt: softmax, signal: controller.signal }),
    ).rejects.toThrow('stopped here')
  })
})

/** A llama2.c file of these sizes, all zeros after the header. */
function llama2c(dim: number, hidden: number, layers: number, vocabulary: number, bytes: number): Uint8Array {
  const out = new Uint8Array(bytes)
  const view = new DataView(out.buffer)
  ;[dim, hidden, layers, 2, 1, vocabulary, 8].forEach((size, i) => view.setInt32(4 * i, size, true))
  return out
}
// Embedding 3·4, norms 4 + 4 + 4, queries 16, keys and values 2·8, output 16, MLP 3·20, angles 2·8.
const floats = 12 + 12 + 16 + 16 + 16 + 60 + 16

describe('a llama2.c file', () => {
  it('of the right size opens; a negative vocabulary has an output matrix of its own', async () => {
    const { shape } = await openModel(bytesSource(llama2c(4, 5, 1, 3, 28 + 4 * floats)), null)
    expect([shape.vocabulary, shape.kvHeads, shape.parameters]).toEqual([3, 1, floats - 16])
    const untied = await openModel(bytesSource(llama2c(4, 5, 1, -3, 28 + 4 * (floats + 12))), null)
    expect(untied.shape.parameters).toBe(floats - 16 + 12)
  })

  it('cut short names the tensor; too long says so; a later version is told', async () => {
    await expect(openModel(bytesSource(llama2c(4, 5, 1, 3, 28 + 4 * 30)), null)).rejects.toThrow(
      'cut short in tensor "wq" of shape (1, 4, 4), which ends at byte 156; the file has 148.',
    )
    await expect(openModel(bytesSource(llama2c(4, 5, 1, 3, 32 + 4 * floats)), null)).rejects.toThrow(
      'not a version-0 file',
    )
    const later = llama2c(0x616b3432, 1, 1, 3, 256)
    await expect(openModel(bytesSource(later), null)).rejects.toThrow(
      'version 1 of the llama2.c format; version 0 can be read',
    )
  })
})
