import { loopsBase64 } from './generated/loopsBytes.ts'

/** A byte address in the module's memory; entries there are float32, or int32 where the name says tokens or targets. */
type Address = number

/** Rows of `first` to T entries: `(first, T, step, x, y, p0, p1)`, see assembly/rows. */
export type RowsForward = (
  first: number,
  T: number,
  step: number,
  x: Address,
  y: Address,
  p0: number,
  p1: number,
) => void
/** Turns d into Jᵀd in place, and returns the derivative by p0. */
export type RowsBack = (
  first: number,
  T: number,
  step: number,
  x: Address,
  y: Address,
  d: Address,
  p0: number,
  p1: number,
) => number

type AttentionShape = [sequences: number, T: number, heads: number, headWidth: number, step: number]

/** The functions of assembly/index.ts, which documents them. */
export interface LoopExports {
  multiply(
    ...given: [
      ...[m: number, n: number, k: number],
      ...[a: Address, rowStep: number, columnStep: number],
      ...[b: Address, bStep: number, c: Address, cStep: number],
      ...[scale: number, accumulate: number],
    ]
  ): void
  transpose(rows: number, columns: number, from: Address, step: number, to: Address, toStep: number): void
  scores(...given: [...AttentionShape, q: Address, k: Address, out: Address, scale: number, scratch: Address]): void
  mix(...given: [...AttentionShape, weights: Address, v: Address, o: Address, scale: number]): void
  mixBack(...given: [...AttentionShape, weights: Address, rows: Address, out: Address, scale: number]): void
  layerNorm(
    ...given: [rows: number, width: number, x: Address, gain: Address, bias: Address, y: Address, stats: Address]
  ): void
  layerNormBack(
    ...given: [
      ...[rows: number, width: number, dy: Address, x: Address, gain: Address, stats: Address],
      ...[dx: Address, dGain: Address, dBias: Address],
    ]
  ): void
  relu(count: number, x: Address): void
  reluBack(count: number, y: Address, d: Address): void
  crossEntropy(rows: number, size: number, z: Address, targets: Address, losses: Address, scale: number): void
  embed(
    ...given: [
      ...[sequences: number, T: number, width: number, tokens: Address],
      ...[embedding: Address, positions: Address, h: Address],
    ]
  ): void
  embedBack(
    ...given: [
      ...[sequences: number, T: number, width: number, tokens: Address],
      ...[dh: Address, dEmbedding: Address, dPositions: Address],
    ]
  ): void
  rotate(
    ...given: [
      ...[sequences: number, T: number, heads: number, headWidth: number],
      ...[x: Address, turns: Address, direction: number],
    ]
  ): void
  adamw(
    ...given: [
      ...[count: number, w: Address, g: Address, first: Address, second: Address],
      ...[rate: number, beta1: number, beta2: number, firstScale: number, secondScale: number, shrink: number],
    ]
  ): void
  sgd(
    ...given: [
      ...[count: number, w: Address, g: Address, velocity: Address],
      ...[rate: number, momentum: number, shrink: number],
    ]
  ): void
  scaled: RowsForward
  scaledBack: RowsBack
  sink: RowsForward
  sinkBack: RowsBack
  softpick: RowsForward
  softpickBack: RowsBack
  sigmoid: RowsForward
  sigmoidBack: RowsBack
  rectified: RowsForward
  rectifiedBack: RowsBack
  sparsemax: RowsForward
  sparsemaxBack: RowsBack
  entmax15: RowsForward
  entmax15Back: RowsBack
}

export interface OpenLoops {
  readonly loops: LoopExports
  /** Cut from here, from `firstFree` on. It never moves: the memory is as large as it was asked for. */
  readonly buffer: ArrayBuffer
  /** The first byte that the module itself does not use. */
  readonly firstFree: number
}

const names = [
  ...(['multiply', 'transpose', 'scores', 'mix', 'mixBack', 'layerNorm', 'layerNormBack', 'relu', 'reluBack'] as const),
  ...(['crossEntropy', 'embed', 'embedBack', 'rotate', 'adamw', 'sgd'] as const),
  ...(['scaled', 'scaledBack', 'sink', 'sinkBack', 'softpick', 'softpickBack', 'sigmoid', 'sigmoidBack'] as const),
  ...(['rectified', 'rectifiedBack', 'sparsemax', 'sparsemaxBack', 'entmax15', 'entmax15Back'] as const),
] satisfies (keyof LoopExports)[]

const areLoops = (exports: object): exports is LoopExports =>
  names.every((name) => typeof Reflect.get(exports, name) === 'function')

const pageBytes = 65_536

/**
 * A fresh instance of the SIMD loops with `bytes` of memory of its own.
 * @returns the instance, or the reason why this place cannot run it
 */
export async function openLoops(bytes: number): Promise<OpenLoops | { readonly reason: string }> {
  try {
    const code = Uint8Array.from(atob(loopsBase64), (letter) => letter.charCodeAt(0))
    const memory = new WebAssembly.Memory({ initial: 1 + Math.ceil(bytes / pageBytes) })
    const { instance } = await WebAssembly.instantiate(code, { env: { memory } })
    const { exports } = instance
    if (!areLoops(exports)) return { reason: 'the compiled loops are of another version: build them again' }
    return { loops: exports, buffer: memory.buffer, firstFree: pageBytes }
  } catch (error) {
    return {
      reason: `WebAssembly with SIMD does not run here: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
}
