import { ReadError } from '../readers/numberTable.ts'
import { configOf, type Config } from './config.ts'
import type { Layout } from './layout.ts'
import type { LanguageModel, Linear, ModelShape } from './model.ts'
import { llama3Frequencies, rotaryFrequencies } from './rotary.ts'
import { embeddingsOf, entriesOf, readRows, readWhole, type TensorStore } from './tensorStore.ts'

/**
 * Llama and its kin (Mistral without a window in reach, Qwen2): RMS norm, rotary positions by halves, SwiGLU.
 * @throws ReadError naming a field that is missing, or that asks for what is not known here
 */
export function llamaLayout(config: Config, family: string): Layout {
  const shape = shapeOf(config, family)
  const { width, heads, kvHeads, headWidth, vocabulary, layers } = shape
  const hidden = config.size('intermediate_size')
  const tied = config.flagOr(false, 'tie_word_embeddings')
  const qkvBias = family === 'qwen2' || config.flagOr(false, 'attention_bias')
  const outputBias = family !== 'qwen2' && config.flagOr(false, 'attention_bias')
  const mlpBias = config.flagOr(false, 'mlp_bias')
  const matrices = [
    ['self_attn.q_proj', heads * headWidth, width, qkvBias],
    ['self_attn.k_proj', kvHeads * headWidth, width, qkvBias],
    ['self_attn.v_proj', kvHeads * headWidth, width, qkvBias],
    ['self_attn.o_proj', width, heads * headWidth, outputBias],
    ['mlp.gate_proj', hidden, width, mlpBias],
    ['mlp.up_proj', hidden, width, mlpBias],
    ['mlp.down_proj', width, hidden, mlpBias],
  ] as const
  const expected = new Map<string, readonly number[]>([['model.embed_tokens.weight', [vocabulary, width]]])
  for (let l = 0; l < layers; l++) {
    const block = `model.layers.${l}`
    expected.set(`${block}.input_layernorm.weight`, [width]).set(`${block}.post_attention_layernorm.weight`, [width])
    for (const [name, outputs, inputs, bias] of matrices) {
      expected.set(`${block}.${name}.weight`, [outputs, inputs])
      if (bias) expected.set(`${block}.${name}.bias`, [outputs])
    }
  }
  expected.set('model.norm.weight', [width])
  if (!tied) expected.set('lm_head.weight', [vocabulary, width])
  const parameters = [...expected.values()].reduce((sum, sizes) => sum + entriesOf(sizes), 0)

  const model = (store: TensorStore): LanguageModel => {
    const linear = async (layer: number, name: (typeof matrices)[number][0]): Promise<Linear> => {
      const [, outputs, inputs, bias] = matrices.find(([each]) => each === name)!
      const at = `model.layers.${layer}.${name}`
      return {
        weight: await readWhole(store, `${at}.weight`),
        bias: bias ? await readWhole(store, `${at}.bias`) : null,
        inputs,
        outputs,
      }
    }
    const gain = async (name: string) => ({ gain: await readWhole(store, `${name}.weight`), bias: null })
    return {
      shape: { ...shape, parameters },
      embed: (ids) => embeddingsOf(store, 'model.embed_tokens.weight', width, ids),
      layer: async (l) => ({
        norm: await gain(`model.layers.${l}.input_layernorm`),
        query: await linear(l, 'self_attn.q_proj'),
        key: await linear(l, 'self_attn.k_proj'),
        value: await linear(l, 'self_attn.v_proj'),
        output: await linear(l, 'self_attn.o_proj'),
        mlp: {
          norm: await gain(`model.layers.${l}.post_attention_layernorm`),
          gate: await linear(l, 'mlp.gate_proj'),
          up: await linear(l, 'mlp.up_proj'),
          down: await linear(l, 'mlp.down_proj'),
        },
      }),
      finalNorm: () => gain('model.norm'),
      outputRows: (first, end) =>
        readRows(store, tied ? 'model.embed_tokens.weight' : 'lm_head.weight', width, first, end),
    }
  }
  return { expected, model }
}

function shapeOf(config: Config, family: string): ModelShape {
  const act = config.textOr('silu', 'hidden_act')
  if (act !== 'silu') throw new ReadError(`the config's hidden_act is "${act}"; a ${family} model here has "silu".`)
  const width = config.size('hidden_size')
  const heads = config.size('num_attention_heads')
  const kvHeads = config.sizeOr(heads, 'num_key_value_heads')
  const headWidth = config.sizeOr(width / heads, 'head_dim')
  if (!Number.isInteger(headWidth) || headWidth % 2 !== 0 || heads % kvHeads !== 0)
    throw new ReadError(
      `${heads} heads and ${kvHeads} key-value heads do not divide a hidden_size of ${width} into heads of even width.`,
    )
  // Within its window a sliding layer is a plain one.
  const context = config.sizeOr(2048, 'max_position_embeddings')
  const window =
    family === 'mistral' || config.flagOr(false, 'use_sliding_window')
      ? config.sizeOr(context, 'sliding_window')
      : context
  return {
    family,
    layers: config.size('num_hidden_layers'),
    heads,
    kvHeads,
    width,
    headWidth,
    vocabulary: config.size('vocab_size'),
    context: Math.min(context, window),
    norm: 'rms',
    normEpsilon: config.numberOr(1e-6, 'rms_norm_eps'),
    rotary: { pairs: 'halves', frequencies: frequenciesOf(config, headWidth, context) },
    activation: 'swiglu',
    normalizer: { id: 'softmax', params: {} },
    normalizerSaid: false,
    parameters: 0,
    tokenNames: null,
  }
}

/** Newer files keep theta among the other rotary parameters, and name its kind `rope_type`. */
function frequenciesOf(config: Config, headWidth: number, trained: number): Float64Array {
  const given = config.raw['rope_parameters'] ?? config.raw['rope_scaling']
  const scaling = configOf(typeof given === 'object' && given !== null ? { ...given } : {})
  const theta = scaling.numberOr(config.numberOr(10_000, 'rope_theta'), 'rope_theta')
  const frequencies = rotaryFrequencies(headWidth, theta)
  const kind = scaling.textOr(scaling.textOr('default', 'type'), 'rope_type')
  if (kind === 'default') return frequencies
  const factor = scaling.numberOr(1, 'factor')
  if (kind === 'linear') return frequencies.map((frequency) => frequency / factor)
  if (kind === 'llama3')
    return llama3Frequencies(frequencies, {
      factor,
      lowFactor: scaling.numberOr(1, 'low_freq_factor'),
      highFactor: scaling.numberOr(4, 'high_freq_factor'),
      context: scaling.sizeOr(trained, 'original_max_position_embeddings'),
    })
  throw new ReadError(`the config's rotary scaling is "${kind}"; known are default, linear and llama3.`)
}
