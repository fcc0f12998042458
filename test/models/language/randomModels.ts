import { rng } from '../../../src/math/random/rng.ts'
import { openModel } from '../../../src/models/language/openModel.ts'
import { bytesSource } from '../../../src/models/readers/byteSource.ts'
import { safetensorsBytes } from './safetensorsBytes.ts'

type Sizes = readonly number[]

/** Weights of these shapes: matrices N(0, 1/inputs), so that attention is neither even nor a single key; gains near 1. */
function weightsOf(shapes: Readonly<Record<string, Sizes>>, seed: number) {
  const uniform = rng(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const length = shape.reduce((product, size) => product * size, 1)
      const gain = shape.length === 1 && /(norm|ln_.)\.?.*weight/.test(name)
      const spread = shape.length === 1 ? 0.2 : 1.5 / Math.sqrt(Math.min(...shape))
      return [name, { shape, values: Float32Array.from({ length }, () => Number(gain) + spread * normal()) }]
    }),
  )
}

const smallGpt2 = { width: 48, heads: 3, layers: 2, vocabulary: 70, context: 40 }

/** GPT-2, tied; of two layers, three heads of 16 and 70 words if nothing else is asked for. */
export function randomGpt2(seed: number, sizes: Partial<typeof smallGpt2> = {}) {
  const { width, heads, layers, vocabulary, context } = { ...smallGpt2, ...sizes }
  const both = (name: string, inputs: number, outputs: number) => ({
    [`${name}.weight`]: [inputs, outputs],
    [`${name}.bias`]: [outputs],
  })
  const norm = (name: string) => ({ [`${name}.weight`]: [width], [`${name}.bias`]: [width] })
  const layer = (l: number) => ({
    ...norm(`h.${l}.ln_1`),
    ...both(`h.${l}.attn.c_attn`, width, 3 * width),
    ...both(`h.${l}.attn.c_proj`, width, width),
    ...norm(`h.${l}.ln_2`),
    ...both(`h.${l}.mlp.c_fc`, width, 4 * width),
    ...both(`h.${l}.mlp.c_proj`, 4 * width, width),
  })
  const shapes: Record<string, Sizes> = {
    'wte.weight': [vocabulary, width],
    'wpe.weight': [context, width],
    ...Object.assign({}, ...Array.from({ length: layers }, (_, l) => layer(l))),
    ...norm('ln_f'),
  }
  const config = {
    model_type: 'gpt2',
    n_layer: layers,
    n_head: heads,
    n_embd: width,
    vocab_size: vocabulary,
    n_positions: context,
  }
  return openModel(bytesSource(safetensorsBytes(weightsOf(shapes, seed))), JSON.stringify(config))
}

type Family = 'llama' | 'qwen2'

/** Llama's kin of two layers: six query heads of 8 on two key heads, a width that the heads do not fill; untied. */
export function randomGrouped(seed: number, family: Family = 'llama', more: object = {}) {
  const { tensors, config } = groupedParts(seed, family, more)
  return openModel(bytesSource(safetensorsBytes(tensors)), JSON.stringify(config))
}

/** The tensors and the config of `randomGrouped`. */
export function groupedParts(seed: number, family: Family = 'llama', more: object = {}) {
  const [width, heads, kvHeads, headWidth, hidden, vocabulary] = [40, 6, 2, 8, 56, 70]
  const biased = family === 'qwen2'
  const matrix = (name: string, outputs: number, inputs: number, bias = false) => ({
    [`${name}.weight`]: [outputs, inputs],
    ...(bias && { [`${name}.bias`]: [outputs] }),
  })
  const layer = (l: number) => {
    const at = `model.layers.${l}`
    return {
      [`${at}.input_layernorm.weight`]: [width],
      [`${at}.post_attention_layernorm.weight`]: [width],
      ...matrix(`${at}.self_attn.q_proj`, heads * headWidth, width, biased),
      ...matrix(`${at}.self_attn.k_proj`, kvHeads * headWidth, width, biased),
      ...matrix(`${at}.self_attn.v_proj`, kvHeads * headWidth, width, biased),
      ...matrix(`${at}.self_attn.o_proj`, width, heads * headWidth),
      ...matrix(`${at}.mlp.gate_proj`, hidden, width),
      ...matrix(`${at}.mlp.up_proj`, hidden, width),
      ...matrix(`${at}.mlp.down_proj`, width, hidden),
    }
  }
  const shapes = {
    'model.embed_tokens.weight': [vocabulary, width],
    ...layer(0),
    ...layer(1),
    'model.norm.weight': [width],
    'lm_head.weight': [vocabulary, width],
  }
  const config = {
    model_type: family,
    hidden_size: width,
    intermediate_size: hidden,
    num_hidden_layers: 2,
    num_attention_heads: heads,
    num_key_value_heads: kvHeads,
    head_dim: headWidth,
    vocab_size: vocabulary,
    max_position_embeddings: 64,
    tie_word_embeddings: false,
    ...more,
  }
  return { tensors: weightsOf(shapes, seed), config }
}

/** A sequence of `length` ids below `vocabulary`. */
export function randomIds(length: number, vocabulary: number, seed: number): number[] {
  const uniform = rng(seed)
  return Array.from({ length }, () => Math.floor(uniform() * vocabulary))
}
