import { isTrigger } from '../../models/tasks/backcopy.ts'
import type { TransformerConfig } from '../../models/transformer/config.ts'
import type { Activations } from '../../models/transformer/live.ts'
import { hiddenShape } from './hiddenShape.ts'
import { evaluationSequences, type SeedSetup } from './task.ts'

/**
 * A state of training on the evaluation batch. Losses in nats a token; attention in raw weights, means over sequences,
 * layers and heads. A dormant token is one that is neither a trigger nor the first.
 */
export interface StepReading {
  readonly step: number
  readonly loss: number
  /** The least mean loss that any predictor can have here. */
  readonly bayes: number
  /** Mean loss at triggers, where the next token is certain. */
  readonly triggerLoss: number
  /** Mean loss less the least one, where the token is no trigger (the first included). */
  readonly dormantExcess: number
  /** Weight on the first token, of dormant tokens. */
  readonly bosAttention: number
  /** Weight on the token before, of triggers. */
  readonly triggerPrevious: number
  /** Importance of the first token: mean weight that it gets, over all T queries, its own included. arXiv:2410.10781 */
  readonly alpha0: number
  /** Share of (sequence, layer, head) with an importance of the first token above epsilon. */
  readonly sinkRate: number
  /** Sum of a row, of dormant tokens. */
  readonly rowMass: number
  /** Share of exactly zero weights among those a token may see. */
  readonly exactZeros: number
  /** Mean size of the first token's value vector over that of the others. */
  readonly valueRatio: number
  /** Of the hidden state after the last block, all entries pooled. */
  readonly kurtosis: number
  readonly maxOverMedian: number
}

/** Sums over what has been measured so far. */
const noSums = {
  loss: 0,
  triggerLoss: 0,
  dormantLoss: 0,
  bayes: 0,
  /** Tokens that are triggers. */
  triggers: 0,
  bos: 0,
  mass: 0,
  /** Rows of dormant tokens, over layers and heads. */
  dormant: 0,
  previous: 0,
  /** Rows of triggers, over layers and heads. */
  previousCount: 0,
  importance: 0,
  sinks: 0,
  /** Maps: sequences times layers times heads. */
  squares: 0,
  zeros: 0,
}

/** Measures models of one seed and one shape, a part of the evaluation batch at a time. */
export class Measure {
  readonly #setup: SeedSetup
  readonly #config: TransformerConfig
  readonly #epsilon: number
  readonly #hidden: Float32Array
  /** Sums of value norms, [layers, heads, (first token, others)]. */
  readonly #norms: Float64Array
  #sums = { ...noSums }

  constructor(setup: SeedSetup, config: TransformerConfig, epsilon: number) {
    this.#config = config
    this.#setup = setup
    this.#epsilon = epsilon
    this.#hidden = new Float32Array(evaluationSequences * config.length * config.width)
    this.#norms = new Float64Array(config.layers * config.heads * 2)
  }

  /** Adds what a model made of `count` evaluation sequences from the `from`-th on; 0 starts anew. */
  add(made: Activations, from: number, count: number): void {
    if (from === 0) {
      this.#sums = { ...noSums }
      this.#norms.fill(0)
    }
    const { length, width, layers } = this.#config
    this.#hidden.set(made.last.subarray(0, count * length * width), from * length * width)
    this.#addLosses(made, count)
    for (let l = 0; l < layers; l++) {
      this.#addAttention(made, l, count)
      this.#addValues(made, l, count)
    }
  }

  #addLosses({ config, tokens, losses }: Activations, count: number): void {
    const { task } = this.#setup
    const sums = this.#sums
    for (let at = 0; at < count * config.length; at++) {
      const loss = losses[at]!
      sums.loss += loss
      sums.bayes += task.entropy[tokens[at]!]!
      if (isTrigger(task, tokens[at]!)) {
        sums.triggers += 1
        sums.triggerLoss += loss
      } else sums.dormantLoss += loss
    }
  }

  #addAttention({ layers, shape, tokens }: Activations, l: number, count: number): void {
    const { weights } = layers[l]!
    const { T, heads, step } = shape
    const sums = this.#sums
    for (let s = 0; s < count; s++)
      for (let h = 0; h < heads; h++) {
        const square = (s * heads + h) * T * step
        let importance = 0
        for (let i = 0; i < T; i++) {
          const row = square + i * step
          let mass = 0
          for (let j = row; j <= row + i; j++) {
            mass += weights[j]!
            if (weights[j] === 0) sums.zeros += 1
          }
          importance += weights[row]! / T
          if (isTrigger(this.#setup.task, tokens[s * T + i]!)) {
            sums.previous += weights[row + i - 1]!
            sums.previousCount += 1
          } else if (i > 0) {
            sums.bos += weights[row]!
            sums.mass += mass
            sums.dormant += 1
          }
        }
        sums.importance += importance
        sums.sinks += Number(importance > this.#epsilon)
        sums.squares += 1
      }
  }

  #addValues({ layers, shape, config }: Activations, l: number, count: number): void {
    const { v } = layers[l]!
    const { T, heads, headWidth } = shape
    for (let row = 0; row < count * T; row++)
      for (let h = 0; h < heads; h++) {
        const start = row * config.width + h * headWidth
        let square = 0
        for (let c = start; c < start + headWidth; c++) square += v[c]! * v[c]!
        this.#norms[2 * (l * heads + h) + Number(row % T > 0)]! += Math.sqrt(square)
      }
  }

  finish(step: number): StepReading {
    const sums = this.#sums
    const { length: T } = this.#config
    const places = evaluationSequences * T
    const ratios = Array.from({ length: this.#norms.length / 2 }, (_, i) => {
      return (this.#norms[2 * i]! * (T - 1)) / this.#norms[2 * i + 1]!
    })
    return {
      step,
      loss: sums.loss / places,
      bayes: sums.bayes / places,
      triggerLoss: sums.triggerLoss / sums.triggers,
      dormantExcess: (sums.dormantLoss - sums.bayes) / (places - sums.triggers),
      bosAttention: sums.bos / sums.dormant,
      triggerPrevious: sums.previous / sums.previousCount,
      alpha0: sums.importance / sums.squares,
      sinkRate: sums.sinks / sums.squares,
      rowMass: sums.mass / sums.dormant,
      exactZeros: sums.zeros / ((sums.squares * T * (T + 1)) / 2),
      valueRatio: ratios.reduce((sum, ratio) => sum + ratio / ratios.length, 0),
      ...hiddenShape(this.#hidden),
    }
  }
}

/** Attention of the first sequence of the last part measured, [layers, heads, T, T]. */
export function firstMaps({ layers, shape }: Activations): Float32Array {
  const { T, heads, step } = shape
  const maps = new Float32Array(layers.length * heads * T * T)
  for (const [l, { weights }] of layers.entries())
    for (let row = 0; row < heads * T; row++)
      for (let j = 0; j <= row % T; j++) maps[(l * heads * T + row) * T + j] = weights[row * step + j]!
  return maps
}
