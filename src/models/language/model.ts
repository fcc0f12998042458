import type { ParamValues } from '../../math/normalizers/params.ts'

/** What a decoder is made of, without its numbers. */
export interface ModelShape {
  /** Name of the architecture, as its files write it: `llama2.c`, `gpt2`, `llama`. */
  readonly family: string
  readonly layers: number
  /** Query heads. */
  readonly heads: number
  /** Heads of keys and values; query head h reads number ⌊h · kvHeads / heads⌋. */
  readonly kvHeads: number
  /** Of the residual stream. */
  readonly width: number
  readonly headWidth: number
  readonly vocabulary: number
  /** Most tokens that the model takes. */
  readonly context: number
  readonly norm: 'rms' | 'layer'
  /** Added to the variance before its root. */
  readonly normEpsilon: number
  readonly rotary: Rotary | null
  readonly activation: Activation
  /** What the weights are read with: an id in the normalizer registry. */
  readonly normalizer: { readonly id: string; readonly params: ParamValues }
  /** Whether the file says that they were trained with it; else it is what such models usually have. */
  readonly normalizerSaid: boolean
  /** Number of weights in the file. */
  readonly parameters: number
  /** Names of the tokens, for models whose vocabulary is a list of words. */
  readonly tokenNames: readonly string[] | null
}

export interface Rotary {
  /** Which two entries of a head turn together: 2i and 2i + 1, or i and i + half. */
  readonly pairs: 'interleaved' | 'halves'
  /** Radians a position, one for each pair; length headWidth / 2. */
  readonly frequencies: Float64Array
}

/** `swiglu` has a gate; the others have none. */
export type Activation = 'swiglu' | 'gelu-tanh' | 'relu'

/** y = W x + b. */
export interface Linear {
  /** Shape [outputs, inputs], row-major. */
  readonly weight: Float32Array
  readonly bias: Float32Array | null
  readonly inputs: number
  readonly outputs: number
}

/** The gain of a norm, and its bias where it has one; shapes [width]. */
export interface NormWeights {
  readonly gain: Float32Array
  readonly bias: Float32Array | null
}

export interface MlpWeights {
  readonly norm: NormWeights
  readonly gate: Linear | null
  readonly up: Linear
  readonly down: Linear
}

/** The weights of one block, all that must be in memory at once. */
export interface LayerWeights {
  readonly norm: NormWeights
  readonly query: Linear
  readonly key: Linear
  readonly value: Linear
  readonly output: Linear
  readonly mlp: MlpWeights | null
}

/** A decoder whose weights are read when they are needed, a layer at a time. */
export interface LanguageModel {
  readonly shape: ModelShape
  /** Embeddings of the tokens at positions 0, 1, …; shape [tokens, width]. */
  readonly embed: (ids: readonly number[]) => Promise<Float64Array>
  readonly layer: (index: number) => Promise<LayerWeights>
  readonly finalNorm: () => Promise<NormWeights>
  /** Parameters of the shape's normalizer as each head has learned them, [layers][heads]; absent where none are learned. */
  readonly learned?: () => Promise<readonly (readonly ParamValues[])[]>
  /** Rows [first, end) of the matrix that makes logits; shape [end − first, width]. */
  readonly outputRows: (first: number, end: number) => Promise<Float32Array>
}
