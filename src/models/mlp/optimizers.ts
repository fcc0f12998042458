/** Moves flat parameters against their gradient, in place. */
export type Optimizer = (parameters: Float64Array, gradient: Float64Array) => void

export interface OptimizerChoice {
  /** Saved in experiments: never renamed. */
  readonly id: string
  readonly label: string
  /** A fresh optimizer, with its own memory, for `size` parameters. */
  readonly create: (size: number, learningRate: number) => Optimizer
}

const sgd: OptimizerChoice = {
  id: 'sgd',
  label: 'SGD',
  create: (_size, learningRate) => (parameters, gradient) => {
    for (let i = 0; i < parameters.length; i++) parameters[i]! -= learningRate * gradient[i]!
  },
}

/** Source: Polyak 1964; momentum 0.9. */
const momentum: OptimizerChoice = {
  id: 'momentum',
  label: 'SGD, momentum 0.9',
  create: (size, learningRate) => {
    const velocity = new Float64Array(size)
    return (parameters, gradient) => {
      for (let i = 0; i < size; i++) {
        velocity[i] = 0.9 * velocity[i]! + gradient[i]!
        parameters[i]! -= learningRate * velocity[i]!
      }
    }
  },
}

/** Source: Kingma & Ba 2015, arXiv:1412.6980, its own defaults: β₁ = 0.9, β₂ = 0.999, ε = 1e-8. */
const adam: OptimizerChoice = {
  id: 'adam',
  label: 'Adam',
  create: (size, learningRate) => {
    const first = new Float64Array(size)
    const second = new Float64Array(size)
    let step = 0
    return (parameters, gradient) => {
      step += 1
      const rate = (learningRate * Math.sqrt(1 - 0.999 ** step)) / (1 - 0.9 ** step)
      // The published form adds ε to √v̂: in terms of v that is ε √(1 − β₂ᵗ).
      const epsilon = 1e-8 * Math.sqrt(1 - 0.999 ** step)
      for (let i = 0; i < size; i++) {
        const g = gradient[i]!
        first[i] = 0.9 * first[i]! + 0.1 * g
        second[i] = 0.999 * second[i]! + 0.001 * g * g
        parameters[i]! -= (rate * first[i]!) / (Math.sqrt(second[i]!) + epsilon)
      }
    }
  },
}

/** Every optimizer, in the order menus show them. */
export const optimizers: readonly OptimizerChoice[] = [sgd, momentum, adam]

/** The optimizer with this id, or undefined. */
export const optimizerById = (id: string): OptimizerChoice | undefined => optimizers.find((entry) => entry.id === id)
