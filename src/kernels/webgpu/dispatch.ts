import type { TensorInfo, WebGPUBackend } from '../../engine/tf.ts'
import type { ParamValues } from '../../math/normalizers/params.ts'
import type { RowOp } from './rowOp.ts'
import { canSplit, RowProgram, type Direction, type Plan } from './rowProgram.ts'
import type { Stage } from './rowText.ts'

/**
 * Queues a row op: y or Jᵀc, shape [rows, cols]. One dispatch, or two if the plan splits rows and the op can be split.
 * The caller owns the result and, as before, the inputs.
 * @param inputs  x, and for a vjp the cotangent; shape [rows, cols], float32, dropped entries of x at DROPPED
 */
export function dispatchRows(
  backend: WebGPUBackend,
  op: RowOp,
  direction: Direction,
  params: ParamValues,
  inputs: readonly TensorInfo[],
  plan: Plan,
): TensorInfo {
  const [rows = 0, cols = 0] = inputs[0]?.shape ?? []
  const { variant, values } = op.resolve(params)
  const split = plan.segments > 1 && canSplit(op[direction](variant))
  const uniforms = [...values, split ? plan.segments : 1].map((value) => ({ type: 'float32', data: [value] }))
  const run = (stage: Stage, from: readonly TensorInfo[]) => {
    const program = new RowProgram(op, direction, variant, plan, stage, rows, cols)
    return backend.runWebGPUProgram(program, [...from], 'float32', uniforms)
  }
  if (!split) return run('whole', inputs)
  const totals = run('totals', inputs)
  const y = run('weights', [...inputs, totals])
  // tfjs frees it once the queue has been handed over.
  backend.disposeData(totals.dataId)
  return y
}
