import type { Normalizer } from '../../math/normalizers/contract.ts'
import type { ParamValues } from '../../math/normalizers/params.ts'

/** Numbers of one precision; all of one model are of the same kind. */
export type Values = Float64Array | Float32Array

/** How heads lie: q, k, v and o are [sequences, T, width]; scores and weights are [sequences, heads, T, step]. */
export interface AttentionShape {
  readonly T: number
  readonly heads: number
  readonly headWidth: number
  /** T rounded up to 8: from a row of scores to the next. */
  readonly step: number
}

/** A normalizer at work on causal rows: row i of a head's [T, step] has i + 1 entries, and zeros after them. */
export interface CausalRows {
  /** Writes the weights of the head whose square starts at entry `start`. @param learned  the head's own parameter, or NaN */
  forward(scores: Values, weights: Values, start: number, learned: number): void
  /** Turns the gradient of the weights into that of the scores, in place. @returns the gradient of `learned` */
  back(scores: Values, weights: Values, gradient: Values, start: number, learned: number): number
}

/**
 * The arithmetic of a transformer, in one precision. Buffers are row-major, and at least as long as the counts say.
 * `+=` in a comment: adds to what is there. Nothing here allocates once the buffers are made.
 */
export interface Loops {
  readonly id: 'wasm' | 'cpu'
  /** What does the work, in words: `WebAssembly SIMD, float32`. */
  readonly device: string
  /** Zeros. Its parts are cut by the caller, at multiples of 8 entries. */
  readonly values: Values
  /** int32 numbers in the place of a part of `values`. */
  integers(part: Values): Int32Array
  /** y = x W, or y += x W. */
  project(rows: number, inputs: number, outputs: number, x: Values, w: Values, y: Values, add: boolean): void
  /** dx = dy Wᵀ, or dx += dy Wᵀ. */
  projectBack(rows: number, inputs: number, outputs: number, dy: Values, w: Values, dx: Values, add: boolean): void
  /** dW += xᵀ dy. */
  weightBack(rows: number, inputs: number, outputs: number, x: Values, dy: Values, dw: Values): void
  /** out = scale · q kᵀ, for the keys that a row sees; what lies after them is undefined. */
  scores(shape: AttentionShape, sequences: number, q: Values, k: Values, out: Values, scale: number): void
  /** o = scale · weights v. */
  mix(shape: AttentionShape, sequences: number, weights: Values, v: Values, o: Values, scale: number): void
  /** out = scale · weightsᵀ rows. */
  mixBack(shape: AttentionShape, sequences: number, weights: Values, rows: Values, out: Values, scale: number): void
  causalRows(normalizer: Normalizer, params: ParamValues, shape: AttentionShape): CausalRows
  /** Keeps what `layerNormBack` needs in `stats`, [rows, 2]. */
  layerNorm(
    ...given: [rows: number, width: number, x: Values, gain: Values, bias: Values, y: Values, stats: Values]
  ): void
  /** dx, dGain and dBias += . */
  layerNormBack(
    ...given: [
      ...[rows: number, width: number, dy: Values, x: Values, gain: Values, stats: Values],
      ...[dx: Values, dGain: Values, dBias: Values],
    ]
  ): void
  relu(count: number, x: Values): void
  /** d becomes 0 where y is. */
  reluBack(count: number, y: Values, d: Values): void
  /** Nats into `losses`, [rows]; the logits become scale · (softmax − one-hot). */
  crossEntropy(
    ...given: [rows: number, size: number, logits: Values, targets: Int32Array, losses: Values, scale: number]
  ): void
  /** h = embedding[token], + positions[t] unless they are null. */
  embed(
    ...given: [
      ...[sequences: number, T: number, width: number, tokens: Int32Array],
      ...[embedding: Values, positions: Values | null, h: Values],
    ]
  ): void
  /** dEmbedding and dPositions += . */
  embedBack(
    ...given: [
      ...[sequences: number, T: number, width: number, tokens: Int32Array],
      ...[dh: Values, dEmbedding: Values, dPositions: Values | null],
    ]
  ): void
  /** Turns neighbouring pairs by `turns`, [T, headWidth / 2, (cosine, sine)]; backwards if the direction is −1. */
  rotate(shape: AttentionShape, sequences: number, x: Values, turns: Values, direction: 1 | -1): void
  /** @param step  1 for the first; w shrinks by rate · decay on its own: AdamW, arXiv:1711.05101 */
  adamw(
    ...given: [
      ...[count: number, w: Values, g: Values, first: Values, second: Values],
      ...[rate: number, decay: number, step: number],
    ]
  ): void
  /** velocity = momentum · velocity + g. */
  sgd(
    ...given: [
      ...[count: number, w: Values, g: Values, velocity: Values],
      ...[rate: number, momentum: number, decay: number],
    ]
  ): void
}

/** Adam's forgetting factors: a gradient is seen for about 10 steps, its square for about 100. */
export const betas = [0.9, 0.99] as const

/** Opens loops with room for `entries`, and for matrices of up to `scratch` entries to be turned in. */
export type OpenLoops = (entries: number, scratch: number) => Promise<Loops | { readonly reason: string }>
