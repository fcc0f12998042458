import type { MapStats } from '../../models/language/metrics.ts'
import type { HiddenStats } from '../../models/language/hiddenStats.ts'
import type { NamedArray, PanelResult } from '../contract.ts'
import type { NormalizerSetting } from '../normalizerSetting.ts'

/** What is known of the model whose maps are shown. */
export interface ModelCard {
  /** The file's name. */
  readonly name: string
  readonly family: string
  readonly layers: number
  readonly heads: number
  readonly kvHeads: number
  readonly width: number
  readonly vocabulary: number
  readonly context: number
  readonly parameters: number
  /** What the weights are read with, where nothing else is asked for. */
  readonly normalizer: NormalizerSetting
  /** Whether their file says that they were trained with it; else it is the usual one. */
  readonly normalizerSaid: boolean
}

/** What ran the text. */
export interface Ran {
  readonly id: 'webgpu' | 'wasm' | 'cpu'
  /** What did the work, in words. */
  readonly device: string
  readonly precision: 'float32' | 'float64'
  /** Of the forward pass, once; weights are read in it where they were not in memory. */
  readonly milliseconds: number
  /** Why this engine, in words. */
  readonly why: string
}

/** One text through one model, or maps that were brought. L layers, H heads, T tokens. */
export interface AttentionResult extends PanelResult {
  readonly model: ModelCard | null
  /** What each token reads as; length T. */
  readonly tokens: readonly string[]
  /** Null where maps were brought. */
  readonly ids: readonly number[] | null
  readonly layers: number
  readonly heads: number
  /** Null where maps were brought. */
  readonly ran: Ran | null
  /** What a person should know of this run: a text that was cut. */
  readonly notices: readonly string[]
  /** exp of the mean of `nll`; null without a model, and for a single token. */
  readonly perplexity: number | null
  /** Nats of each token but the first; null without a model. */
  readonly nll: Float64Array | null
  /** The same text with the weights' own normalizer everywhere, where another is put in; null for a single token. */
  readonly asTrained: { readonly perplexity: number; readonly sinkRate: number } | null
  /** The first tokens that α and the sink rate are measured on. */
  readonly metricTokens: number
  /** α of the first token, [L][H]. */
  readonly alpha0: readonly (readonly number[])[]
  /** The same without query 1, which sees nothing but the first token. */
  readonly alpha0ExcludingFirst: readonly (readonly number[])[]
  /** What α is where attention is spread evenly, with query 1 and without. */
  readonly uniformAlpha0: number
  readonly uniformAlpha0ExcludingFirst: number
  /** Share of heads whose α is above the experiment's epsilon. */
  readonly sinkRate: number
  /** α of every key, [L][H]; length `metricTokens` each. */
  readonly importance: readonly (readonly Float64Array[])[]
  /** [L][H]. */
  readonly maps: readonly (readonly MapStats[])[]
  /** Of the embeddings and after each block, [L + 1]; empty without a model. */
  readonly hidden: readonly HiddenStats[]
  readonly kurtosis: readonly number[]
  readonly maxOverMedian: readonly number[]
  /** ‖v‖ of the first token over the mean of the others', [L][key-value heads]. */
  readonly valueRatio: readonly (readonly number[])[]
  /** ‖v‖, [L][key-value heads]; length T each. */
  readonly valueNorms: readonly (readonly Float64Array[])[]
  /** Of the token after the last. */
  readonly lastLogits: Float64Array | null
  /** The likeliest next tokens. */
  readonly next: readonly { readonly token: string; readonly probability: number }[]
  /** `attention`: [L, H, T, T]. */
  readonly arrays: { readonly attention: NamedArray }
}

/** A result before it is put into words. */
export type Undescribed = Omit<AttentionResult, 'sentence' | 'values'>
