import * as v from 'valibot'
import { between, whole } from '../fields.ts'
import { normalizerSetting } from '../normalizerSetting.ts'

/** The files that come with the page: one transformer, trained twice. */
export const ownModels = {
  softmax: 'models/sink-softmax.safetensors',
  softpick: 'models/sink-softpick.safetensors',
} as const

/** A sequence of the task that they were trained on, by the names of its tokens. */
const ownText = 'BOS l s s T3 s T3 s g d a u k f T2 f T3 f T1 f T1 f T2 f T3 f v j u c j g'

/** What a model reads that has a tokenizer. */
export const plainText =
  'Once upon a time, there was a little girl named Lily. She loved to play outside in the park. One day, she saw a big, red ball.'

const file = (what: string) => v.optional(v.nullable(v.string(`${what} must name a file`)), null)

export const schema = v.object({
  /** Weights: the key of a file, an address or a path; null shows `attention` alone. */
  model: v.optional(v.nullable(v.string('model must name a file')), ownModels.softmax),
  config: file('config'),
  tokenizer: file('tokenizer'),
  /** Maps of shape [layers, heads, T, T] from another program, in place of a model. */
  attention: file('attention'),
  /** A JSON list of the names of their T tokens. */
  tokens: file('tokens'),
  /** Null is a text that fits: a sentence for a tokenizer, else names of the toys' tokens. */
  text: v.optional(
    v.nullable(v.pipe(v.string('text must be a text'), v.maxLength(100_000, 'at most 100,000 letters'))),
    null,
  ),
  /** Token ids, in place of `text`. */
  ids: v.optional(
    v.nullable(
      v.pipe(
        v.array(whole('an id', 0, 10_000_000), 'ids must be a list of whole numbers'),
        v.minLength(1, 'ids needs at least one'),
      ),
    ),
    null,
  ),
  /** What becomes of the first token: `{replace: 7}` or `{replace: word}` puts another in its place. */
  first: v.optional(
    v.union(
      [
        v.picklist(['kept', 'removed']),
        v.strictObject({
          replace: v.union([v.pipe(v.string(), v.minLength(1)), v.pipe(v.number(), v.integer(), v.minValue(0))]),
        }),
      ],
      'first must be kept, removed, or a mapping such as {replace: word}',
    ),
    'kept',
  ),
  /** In every head; null is what their file says, else the usual softmax. */
  normalizer: v.optional(v.nullable(normalizerSetting), null),
  /** In single heads, before `normalizer`; both counted from 0. */
  heads: v.optional(
    v.pipe(
      v.array(
        v.object({ layer: whole('layer', 0, 1000), head: whole('head', 0, 1000), normalizer: normalizerSetting }),
        'heads must be a list of mappings with layer, head and normalizer',
      ),
      v.maxLength(1000, 'at most 1000 heads'),
    ),
    () => [],
  ),
  /** What runs the model; auto is what the page was told, else the fastest. */
  engine: v.optional(v.picklist(['auto', 'webgpu', 'wasm', 'cpu'], 'engine must be auto, webgpu, wasm or cpu'), 'auto'),
  /** A head counts as a sink where its α of the first token is above this. */
  epsilon: v.optional(between('epsilon', 0, 1), 0.3),
  /** T of the sink rate: the first tokens that count; null is all of them. */
  metricTokens: v.optional(v.nullable(whole('metricTokens', 2, 100_000)), null),
  /** The head that is looked at, from 0; null is the one with the largest α of the first token. */
  layer: v.optional(v.nullable(whole('layer', 0, 1000)), null),
  head: v.optional(v.nullable(whole('head', 0, 1000)), null),
})

export type AttentionExperiment = v.InferOutput<typeof schema>

export const defaults: AttentionExperiment = v.parse(schema, {})

/** The text that is read. */
export const textRead = ({ text, tokenizer }: Pick<AttentionExperiment, 'text' | 'tokenizer'>): string =>
  text ?? (tokenizer === null ? ownText : plainText)
