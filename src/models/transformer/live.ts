import type { TransformerConfig } from './config.ts'
import type { AttentionShape, Values } from './loops.ts'

/** What a model made of some sequences; only until it is used again. */
export interface Activations {
  readonly config: TransformerConfig
  /** How `weights` lie: [sequences, heads, T, step]. */
  readonly shape: AttentionShape
  /** Tokens read, [sequences, T]. */
  readonly tokens: Int32Array
  /** Cross-entropy at each token, nats, [sequences, T]. */
  readonly losses: Values
  /** The hidden state after the last block, [sequences, T, width]. */
  readonly last: Values
  /** Attention and values, [sequences, T, width], of each layer. */
  readonly layers: readonly { readonly weights: Values; readonly v: Values }[]
}

/** A model in training, wherever it runs. Batches are [size, length + 1] tokens, and go in parts of `capacity`. */
export interface LiveModel {
  readonly capacity: number
  /** Adds the gradient of `count` sequences of a batch of `size`. */
  learn(batch: Int32Array, size: number, from: number, count: number): void
  /** Moves the parameters. @returns the batch's mean loss before that, nats; null where reading it would cost a wait */
  move(): number | null
  evaluate(batch: Int32Array, from: number, count: number): Promise<Activations>
  /** A copy of the parameters, flat. */
  parameters(): Promise<Values>
  /** Resolves when all that was asked for is done. */
  settled(): Promise<void>
  /** Gives back what the model holds outside the language's own memory. */
  dispose(): void
}
