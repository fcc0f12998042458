import { attentionShape, buffersOf, sizesOf, type LayerBuffers, type SharedBuffers } from './buffers.ts'
import { checkConfig, layoutOf, type Tensor, type TransformerConfig } from './config.ts'
import type { AttentionShape, CausalRows, Loops, OpenLoops, Values } from './loops.ts'
import { rotaryTurns } from './rotary.ts'

/** A layer's parameters or their gradients, by the last part of their names. */
type Named = Readonly<Record<string, Values>>

/**
 * A small causal transformer with its gradient. Parameters and gradients lie each in one flat buffer, and every buffer
 * is made once, for up to `capacity` sequences at a time: a step allocates nothing. Open one with {@link openTransformer}.
 */
export class Transformer {
  readonly config: TransformerConfig
  readonly loops: Loops
  readonly capacity: number
  readonly tensors: readonly Tensor[]
  /** What the last forward pass left: activations, losses, and the flat `parameters` and `gradient`. */
  readonly shared: SharedBuffers
  readonly layers: readonly LayerBuffers[]
  readonly shape: AttentionShape
  /** Token ids, [capacity, length]; filled by {@link load}. */
  readonly tokens: Int32Array
  readonly targets: Int32Array
  readonly #rows: CausalRows
  readonly #weights: readonly Named[]
  readonly #gradients: readonly Named[]

  constructor(config: TransformerConfig, loops: Loops, capacity: number) {
    this.config = config
    this.loops = loops
    this.capacity = capacity
    this.tensors = layoutOf(config)
    this.shape = attentionShape(config)
    const { shared, layers } = buffersOf(loops.values, sizesOf(config, capacity))
    this.shared = shared
    this.layers = layers
    this.tokens = loops.integers(shared.tokens)
    this.targets = loops.integers(shared.targets)
    this.#rows = loops.causalRows(config.normalizer, config.params, this.shape)
    this.#weights = this.#named(shared.parameters)
    this.#gradients = this.#named(shared.gradient)
    if (config.positions === 'rotary') shared.turns.set(rotaryTurns(config.length, this.shape.headWidth))
  }

  /** First the tensors outside the blocks, then each block's. */
  #named(flat: Values): Named[] {
    const parts: Record<string, Values>[] = Array.from({ length: 1 + this.config.layers }, () => ({}))
    for (const { name, start, size } of this.tensors) {
      const block = /^blocks\.(\d+)\.(.*)$/.exec(name)
      parts[block ? 1 + Number(block[1]) : 0]![block?.[2] ?? name] = flat.subarray(start, start + size)
    }
    return parts
  }

  /** Takes `count` sequences of `length` + 1 tokens from the `from`-th on: all but the last read, all but the first predicted. */
  load(batch: Int32Array, from: number, count: number): void {
    const { length } = this.config
    for (let s = 0; s < count; s++)
      for (let t = 0; t < length; t++) {
        const at = (from + s) * (length + 1) + t
        this.tokens[s * length + t] = batch[at]!
        this.targets[s * length + t] = batch[at + 1]!
      }
  }

  /** Fills the activations and the logits of the first `sequences` loaded, their attention made by `causal`. */
  forward(sequences: number, causal: Pick<CausalRows, 'forward'> = this.#rows): void {
    const { loops, shared, shape } = this
    const { length, width, vocabulary, hidden, positions } = this.config
    const rows = sequences * length
    const outside = this.#weights[0]!
    const first = this.layers[0]!.h
    loops.embed(sequences, length, width, this.tokens, outside['embedding']!, outside['positions'] ?? null, first)
    for (let l = 0; l < this.layers.length; l++) {
      const [it, w] = [this.layers[l]!, this.#weights[l + 1]!]
      const next = this.layers[l + 1]?.h ?? shared.last
      loops.layerNorm(rows, width, it.h, w['norm1.gain']!, w['norm1.bias']!, it.normed1, it.stats1)
      loops.project(rows, width, width, it.normed1, w['query']!, it.q, false)
      loops.project(rows, width, width, it.normed1, w['key']!, it.k, false)
      loops.project(rows, width, width, it.normed1, w['value']!, it.v, false)
      if (positions === 'rotary') {
        loops.rotate(shape, sequences, it.q, shared.turns, 1)
        loops.rotate(shape, sequences, it.k, shared.turns, 1)
      }
      loops.scores(shape, sequences, it.q, it.k, it.scores, 1 / Math.sqrt(shape.headWidth))
      this.#normalize(l, sequences, causal)
      loops.mix(shape, sequences, it.weights, it.v, it.attended, 1)
      const after = hidden > 0 ? it.mid : next
      after.set(it.h)
      loops.project(rows, width, width, it.attended, w['attended']!, after, true)
      if (hidden > 0) {
        loops.layerNorm(rows, width, it.mid, w['norm2.gain']!, w['norm2.bias']!, it.normed2, it.stats2)
        loops.project(rows, width, hidden, it.normed2, w['widen']!, it.hidden, false)
        loops.relu(rows * hidden, it.hidden)
        next.set(it.mid)
        loops.project(rows, hidden, width, it.hidden, w['narrow']!, next, true)
      }
    }
    const [gain, bias] = [outside['norm.gain']!, outside['norm.bias']!]
    loops.layerNorm(rows, width, shared.last, gain, bias, shared.normed, shared.stats)
    loops.project(rows, width, vocabulary, shared.normed, outside['output']!, shared.logits, false)
  }

  /** Each position's cross-entropy into `shared.losses`, nats; the logits become `scale` times their gradient. */
  loss(sequences: number, scale: number): void {
    const rows = sequences * this.config.length
    this.loops.crossEntropy(rows, this.config.vocabulary, this.shared.logits, this.targets, this.shared.losses, scale)
  }

  /** Adds the gradient of the last forward pass and loss to `shared.gradient`. */
  backward(sequences: number): void {
    const { loops, shared } = this
    const { length, width, vocabulary } = this.config
    const rows = sequences * length
    const [w, g] = [this.#weights[0]!, this.#gradients[0]!]
    const { dh, dx } = shared
    loops.weightBack(rows, width, vocabulary, shared.normed, shared.logits, g['output']!)
    loops.projectBack(rows, width, vocabulary, shared.logits, w['output']!, dx, false)
    dh.fill(0)
    const [dGain, dBias] = [g['norm.gain']!, g['norm.bias']!]
    loops.layerNormBack(rows, width, dx, shared.last, w['norm.gain']!, shared.stats, dh, dGain, dBias)
    for (let l = this.layers.length - 1; l >= 0; l--) {
      if (this.config.hidden > 0) this.#mlpBack(l, rows)
      this.#attentionBack(l, sequences)
    }
    loops.embedBack(sequences, length, width, this.tokens, dh, g['embedding']!, g['positions'] ?? null)
  }

  #normalize(l: number, sequences: number, causal: Pick<CausalRows, 'forward'>): void {
    const { heads, T, step } = this.shape
    const { scores, weights } = this.layers[l]!
    const learned = this.#weights[l + 1]!['learned']
    for (let s = 0; s < sequences; s++)
      for (let h = 0; h < heads; h++) causal.forward(scores, weights, (s * heads + h) * T * step, learned?.[h] ?? NaN)
  }

  #mlpBack(l: number, rows: number): void {
    const { loops } = this
    const { width, hidden } = this.config
    const { dh, dx, dHidden } = this.shared
    const [it, w, g] = [this.layers[l]!, this.#weights[l + 1]!, this.#gradients[l + 1]!]
    loops.weightBack(rows, hidden, width, it.hidden, dh, g['narrow']!)
    loops.projectBack(rows, hidden, width, dh, w['narrow']!, dHidden, false)
    loops.reluBack(rows * hidden, it.hidden, dHidden)
    loops.weightBack(rows, width, hidden, it.normed2, dHidden, g['widen']!)
    loops.projectBack(rows, width, hidden, dHidden, w['widen']!, dx, false)
    const [dGain, dBias] = [g['norm2.gain']!, g['norm2.bias']!]
    loops.layerNormBack(rows, width, dx, it.mid, w['norm2.gain']!, it.stats2, dh, dGain, dBias)
  }

  #attentionBack(l: number, sequences: number): void {
    const { loops, shape } = this
    const { width, positions, length } = this.config
    const { dh, dx, dq, dk, dv, dAttended, dWeights, turns } = this.shared
    const [it, w, g] = [this.layers[l]!, this.#weights[l + 1]!, this.#gradients[l + 1]!]
    const rows = sequences * length
    const scale = 1 / Math.sqrt(shape.headWidth)
    loops.weightBack(rows, width, width, it.attended, dh, g['attended']!)
    loops.projectBack(rows, width, width, dh, w['attended']!, dAttended, false)
    loops.scores(shape, sequences, dAttended, it.v, dWeights, 1)
    loops.mixBack(shape, sequences, it.weights, dAttended, dv, 1)
    this.#normalizeBack(l, sequences)
    loops.mix(shape, sequences, dWeights, it.k, dq, scale)
    loops.mixBack(shape, sequences, dWeights, it.q, dk, scale)
    if (positions === 'rotary') {
      loops.rotate(shape, sequences, dq, turns, -1)
      loops.rotate(shape, sequences, dk, turns, -1)
    }
    loops.weightBack(rows, width, width, it.normed1, dq, g['query']!)
    loops.weightBack(rows, width, width, it.normed1, dk, g['key']!)
    loops.weightBack(rows, width, width, it.normed1, dv, g['value']!)
    loops.projectBack(rows, width, width, dq, w['query']!, dx, false)
    loops.projectBack(rows, width, width, dk, w['key']!, dx, true)
    loops.projectBack(rows, width, width, dv, w['value']!, dx, true)
    const [dGain, dBias] = [g['norm1.gain']!, g['norm1.bias']!]
    loops.layerNormBack(rows, width, dx, it.h, w['norm1.gain']!, it.stats1, dh, dGain, dBias)
  }

  #normalizeBack(l: number, sequences: number): void {
    const { heads, T, step } = this.shape
    const { scores, weights } = this.layers[l]!
    const { dWeights } = this.shared
    const [learned, moved] = [this.#weights[l + 1]!['learned'], this.#gradients[l + 1]!['learned']]
    for (let s = 0; s < sequences; s++)
      for (let h = 0; h < heads; h++) {
        const by = this.#rows.back(scores, weights, dWeights, (s * heads + h) * T * step, learned?.[h] ?? NaN)
        if (moved) moved[h]! += by
      }
  }
}

/**
 * A model with room for `capacity` sequences at a time, all parameters 0.
 * @throws ShapeError or DomainError if the configuration is not one; @returns the reason if the loops cannot run here
 */
export async function openTransformer(
  config: TransformerConfig,
  open: OpenLoops,
  capacity: number,
): Promise<Transformer | { readonly reason: string }> {
  checkConfig(config)
  const { total, scratch } = sizesOf(config, capacity)
  const loops = await open(total, scratch)
  return 'reason' in loops ? loops : new Transformer(config, loops, capacity)
}
