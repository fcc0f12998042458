import { ReadError } from '../readers/numberTable.ts'
import type { Config } from './config.ts'
import type { Layout } from './layout.ts'
import type { LanguageModel, Linear, ModelShape } from './model.ts'
import {
  addPositions,
  embeddingsOf,
  entriesOf,
  readRows,
  readWhole,
  transposed,
  type TensorStore,
} from './tensorStore.ts'

/** Names of the bend in configs, by ours. */
const bends = new Map([
  ['gelu_new', 'gelu-tanh'],
  ['gelu_pytorch_tanh', 'gelu-tanh'],
  ['relu', 'relu'],
] as const)

/**
 * GPT-2: layer norms with biases, learned positions, one matrix for query, key and value. Matrices are [inputs, outputs].
 * @throws ReadError naming a field that is missing, or that asks for what is not known here
 */
export function gpt2Layout(config: Config): Layout {
  const shape = shapeOf(config)
  const { width, vocabulary, context, layers } = shape
  const hidden = config.sizeOr(4 * width, 'n_inner')
  const tied = config.flagOr(true, 'tie_word_embeddings')
  const expected = new Map<string, readonly number[]>([
    ['wte.weight', [vocabulary, width]],
    ['wpe.weight', [context, width]],
  ])
  const both = (name: string, outputs: number, inputs: number) =>
    expected.set(`${name}.weight`, [inputs, outputs]).set(`${name}.bias`, [outputs])
  const norm = (name: string) => expected.set(`${name}.weight`, [width]).set(`${name}.bias`, [width])
  for (let l = 0; l < layers; l++) {
    norm(`h.${l}.ln_1`)
    both(`h.${l}.attn.c_attn`, 3 * width, width)
    both(`h.${l}.attn.c_proj`, width, width)
    norm(`h.${l}.ln_2`)
    both(`h.${l}.mlp.c_fc`, hidden, width)
    both(`h.${l}.mlp.c_proj`, width, hidden)
  }
  norm('ln_f')
  const parameters = [...expected.values()].reduce(
    (sum, sizes) => sum + entriesOf(sizes),
    tied ? 0 : vocabulary * width,
  )
  if (!tied) expected.set('lm_head.weight', [vocabulary, width])
  return { expected, model: (store) => modelOf(store, { ...shape, parameters }, hidden, tied) }
}

function modelOf(store: TensorStore, shape: ModelShape, hidden: number, tied: boolean): LanguageModel {
  const { width } = shape
  const turned = async (name: string, outputs: number, inputs: number): Promise<Linear> => ({
    weight: transposed(await readWhole(store, `${name}.weight`), inputs, outputs),
    bias: await readWhole(store, `${name}.bias`),
    inputs,
    outputs,
  })
  const norm = async (name: string) => ({
    gain: await readWhole(store, `${name}.weight`),
    bias: await readWhole(store, `${name}.bias`),
  })
  return {
    shape,
    embed: async (ids) => addPositions(store, 'wpe.weight', await embeddingsOf(store, 'wte.weight', width, ids)),
    layer: async (l) => {
      const together = await turned(`h.${l}.attn.c_attn`, 3 * width, width)
      const third = (part: number): Linear => ({
        weight: together.weight.subarray(part * width * width, (part + 1) * width * width),
        bias: together.bias?.subarray(part * width, (part + 1) * width) ?? null,
        inputs: width,
        outputs: width,
      })
      return {
        norm: await norm(`h.${l}.ln_1`),
        query: third(0),
        key: third(1),
        value: third(2),
        output: await turned(`h.${l}.attn.c_proj`, width, width),
        mlp: {
          norm: await norm(`h.${l}.ln_2`),
          gate: null,
          up: await turned(`h.${l}.mlp.c_fc`, hidden, width),
          down: await turned(`h.${l}.mlp.c_proj`, width, hidden),
        },
      }
    },
    finalNorm: () => norm('ln_f'),
    outputRows: (first, end) => readRows(store, tied ? 'wte.weight' : 'lm_head.weight', width, first, end),
  }
}

function shapeOf(config: Config): ModelShape {
  const written = config.textOr('gelu_new', 'activation_function')
  const activation = [...bends].find(([name]) => name === written)?.[1]
  if (activation === undefined)
    throw new ReadError(`the config's activation_function is "${written}"; known are ${[...bends.keys()].join(', ')}.`)
  if (config.flagOr(false, 'scale_attn_by_inverse_layer_idx') || !config.flagOr(true, 'scale_attn_weights'))
    throw new ReadError('the config scales attention in a way that is not known here; 1/√(head width) is.')
  const width = config.size('n_embd')
  const heads = config.size('n_head')
  if (width % heads !== 0) throw new ReadError(`${heads} heads do not divide an n_embd of ${width}.`)
  return {
    family: 'gpt2',
    layers: config.size('n_layer'),
    heads,
    kvHeads: heads,
    width,
    headWidth: width / heads,
    vocabulary: config.size('vocab_size'),
    context: config.size('n_positions', 'n_ctx'),
    norm: 'layer',
    normEpsilon: config.numberOr(1e-5, 'layer_norm_epsilon'),
    rotary: null,
    activation,
    normalizer: { id: 'softmax', params: {} },
    normalizerSaid: false,
    parameters: 0,
    tokenNames: null,
  }
}
