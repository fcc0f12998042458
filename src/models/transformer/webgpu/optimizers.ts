import { add, div, mul, sqrt, sub, tidy, type Tensor, type Variable } from '../../../engine/tf.ts'
import { betas } from '../loops.ts'
import type { OptimizerSettings } from '../optimizers.ts'

/** The flat parameters, and an optimizer's memory of the same size. */
export interface GpuState {
  readonly flat: Variable
  readonly first: Variable
  readonly second: Variable
}

/** Moves all parameters once. @param step  1 for the first */
type GpuOptimizer = (state: GpuState, gradient: Tensor, settings: OptimizerSettings, step: number) => void

const [beta1, beta2] = betas

/** By the id of the same optimizer in the loops. */
export const gpuOptimizers: Readonly<Record<string, GpuOptimizer>> = {
  adamw: ({ flat, first, second }, gradient, { learningRate, weightDecay }, step) =>
    tidy(() => {
      first.assign(add(mul(first, beta1), mul(gradient, 1 - beta1)))
      second.assign(add(mul(second, beta2), mul(mul(gradient, gradient), 1 - beta2)))
      const root = add(sqrt(mul(second, 1 / (1 - beta2 ** step))), 1e-8)
      const move = div(mul(first, learningRate / (1 - beta1 ** step)), root)
      flat.assign(sub(mul(flat, 1 - learningRate * weightDecay), move))
    }),
  sgd: ({ flat, first }, gradient, { learningRate, weightDecay }) =>
    tidy(() => {
      first.assign(add(mul(first, 0.9), gradient))
      flat.assign(sub(mul(flat, 1 - learningRate * weightDecay), mul(first, learningRate)))
    }),
}
