import type { Transformer } from './Transformer.ts'

export interface OptimizerSettings {
  readonly learningRate: number
  /** Shrinks every parameter by rate · decay a step, apart from its gradient. */
  readonly weightDecay: number
}

export interface TransformerOptimizer {
  /** Saved in experiments: never renamed. */
  readonly id: string
  readonly label: string
  /** Moves all parameters once. @param step  1 for the first */
  readonly move: (model: Transformer, settings: OptimizerSettings, step: number) => void
}

/** Every optimizer, in the order menus show them. */
export const transformerOptimizers: readonly TransformerOptimizer[] = [
  {
    id: 'adamw',
    label: 'AdamW, β 0.9 and 0.99',
    move({ loops, shared }, { learningRate, weightDecay }, step) {
      const { parameters, gradient, first, second } = shared
      loops.adamw(parameters.length, parameters, gradient, first, second, learningRate, weightDecay, step)
    },
  },
  {
    id: 'sgd',
    label: 'SGD, momentum 0.9',
    move({ loops, shared }, { learningRate, weightDecay }) {
      const { parameters, gradient, first } = shared
      loops.sgd(parameters.length, parameters, gradient, first, learningRate, 0.9, weightDecay)
    },
  },
]

/** The optimizer with this id, or undefined. */
export const transformerOptimizerById = (id: string): TransformerOptimizer | undefined =>
  transformerOptimizers.find((entry) => entry.id === id)
