import type { Normalizer } from '../../math/normalizers/contract.ts'
import { normalizerById } from '../../math/normalizers/index.ts'
import { paramProblem, resolveParams, type ParamValues } from '../../math/normalizers/params.ts'
import { ReadError } from '../readers/numberTable.ts'
import { layoutOf, learnedParam } from '../transformer/config.ts'
import { configOf, type Config } from './config.ts'
import type { Layout } from './layout.ts'
import type { LanguageModel, Linear, ModelShape } from './model.ts'
import { rotaryFrequencies } from './rotary.ts'
import { addPositions, embeddingsOf, entriesOf, readWhole, transposed, type TensorStore } from './tensorStore.ts'

/**
 * The small transformer that softscope trains itself: layer norms, no other biases, matrices [inputs, outputs].
 * @throws ReadError naming the field that is wrong
 */
export function toyLayout(config: Config): Layout {
  const { shape, hidden } = shapeOf(config)
  const { layers, width, vocabulary, context, heads } = shape
  const normalizer = normalizerById(shape.normalizer.id)!
  const tensors = layoutOf({
    vocabulary,
    length: context,
    width,
    heads,
    layers,
    hidden,
    positions: shape.rotary ? 'rotary' : 'learned',
    normalizer,
    params: shape.normalizer.params,
  })
  const expected = new Map(tensors.map(({ name, shape: sizes }) => [name, sizes]))
  const parameters = tensors.reduce((sum, { shape: sizes }) => sum + entriesOf(sizes), 0)
  return { expected, model: (store) => modelOf(store, { ...shape, parameters }, hidden) }
}

function modelOf(store: TensorStore, shape: ModelShape, hidden: number): LanguageModel {
  const { width, vocabulary, normalizer } = shape
  const entry = normalizerById(normalizer.id)!
  const param = learnedParam({ normalizer: entry })
  const matrix = async (name: string, inputs: number, outputs: number): Promise<Linear> => ({
    weight: transposed(await readWhole(store, name), inputs, outputs),
    bias: null,
    inputs,
    outputs,
  })
  const norm = async (name: string) => ({
    gain: await readWhole(store, `${name}.gain`),
    bias: await readWhole(store, `${name}.bias`),
  })
  return {
    shape,
    async embed(ids) {
      const embeddings = await embeddingsOf(store, 'embedding', width, ids)
      return shape.rotary ? embeddings : addPositions(store, 'positions', embeddings)
    },
    layer: async (l) => {
      const square = (name: string) => matrix(`blocks.${l}.${name}`, width, width)
      return {
        norm: await norm(`blocks.${l}.norm1`),
        query: await square('query'),
        key: await square('key'),
        value: await square('value'),
        output: await square('attended'),
        mlp:
          hidden === 0
            ? null
            : {
                norm: await norm(`blocks.${l}.norm2`),
                gate: null,
                up: await matrix(`blocks.${l}.widen`, width, hidden),
                down: await matrix(`blocks.${l}.narrow`, hidden, width),
              },
      }
    },
    finalNorm: () => norm('norm'),
    ...(param !== null && { learned: () => learnedParams(store, shape, entry, param) }),
    outputRows: async (first, end) =>
      (await matrix('output', width, vocabulary)).weight.subarray(first * width, end * width),
  }
}

/** The normalizer's parameters with what each head learned in place of `param`. @throws ReadError naming the tensor */
async function learnedParams(
  store: TensorStore,
  { layers, normalizer: { params } }: ModelShape,
  entry: Normalizer,
  param: string,
): Promise<ParamValues[][]> {
  const spec = entry.params[param]!
  const names = Array.from({ length: layers }, (_, l) => `blocks.${l}.learned`)
  return Promise.all(
    names.map(async (name) =>
      Array.from(await readWhole(store, name), (value, head) => {
        const problem = paramProblem(spec, value)
        if (problem !== null)
          throw new ReadError(`tensor "${name}" has ${value} for head ${head}; it must be ${problem}.`)
        return { ...params, [param]: value }
      }),
    ),
  )
}

function shapeOf(config: Config): { readonly shape: ModelShape; readonly hidden: number } {
  const width = config.size('width')
  const heads = config.size('heads')
  if (width % heads !== 0) throw new ReadError(`${heads} heads do not divide a width of ${width}.`)
  const vocabulary = config.size('vocabulary')
  const names = config.raw['tokens']
  if (names !== undefined && !(isTexts(names) && names.length === vocabulary))
    throw new ReadError(`the config's tokens must be a list of ${vocabulary} names, one for each token.`)
  const positions = config.textOr('learned', 'positions')
  if (positions !== 'learned' && positions !== 'rotary')
    throw new ReadError(`the config's positions is "${positions}"; it must be learned or rotary.`)
  return {
    // 0 is no MLP, as the trainer says it.
    hidden: config.raw['hidden'] === 0 ? 0 : config.sizeOr(0, 'hidden'),
    shape: {
      family: 'softscope-toy',
      layers: config.size('layers'),
      heads,
      kvHeads: heads,
      width,
      headWidth: width / heads,
      vocabulary,
      context: config.size('length'),
      norm: 'layer',
      normEpsilon: 1e-5,
      rotary:
        positions === 'rotary' ? { pairs: 'interleaved', frequencies: rotaryFrequencies(width / heads, 10_000) } : null,
      activation: 'relu',
      normalizer: normalizerOf(config.raw['normalizer'] ?? 'softmax'),
      normalizerSaid: (config.raw['normalizer'] ?? null) !== null,
      parameters: 0,
      tokenNames: isTexts(names) ? names : null,
    },
  }
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')

function normalizerOf(given: unknown): ModelShape['normalizer'] {
  const fields = typeof given === 'object' && given !== null ? { ...given } : { id: given }
  const id = configOf(fields).textOr('softmax', 'id')
  const entry = normalizerById(id)
  if (entry === undefined) throw new ReadError(`the config's normalizer is "${id}", which is not known here.`)
  return { id, params: resolveParams(id, entry.params, paramsOf(fields)) }
}

function paramsOf(fields: object): Record<string, unknown> {
  const params: unknown = 'params' in fields ? fields.params : {}
  return typeof params === 'object' && params !== null ? { ...params } : {}
}
