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
  const kernel = op[direction](params)
  const { code } = kernel
  const values = [...Object.values(kernel.uniforms), plan.segments]
  const uniforms = values.map((value) => ({ type: 'float32', data: [value] }))
  const names = direction === 'vjp' ? ['X', 'C'] : ['X']
  const run = (stage: Stage, given: readonly string[], tensors: readonly TensorInfo[]) => {
    const program = new RowProgram(`${op.id} ${direction}`, kernel, plan, stage, given, [rows, cols])
    return backend.runWebGPUProgram(program, [...tensors], 'float32', uniforms)
  }
  if (plan.segments === 1 || !canSplit(code)) return run('whole', names, inputs)
  // A binding that the text does not read is an error: only `b` reads the cotangent here.
  const read = code.b ? names.length : 1
  const totals = run('totals', names.slice(0, read), inputs.slice(0, read))
  const y = run('weights', [...names, 'Totals'], [...inputs, totals])
  // tfjs frees it once the queue has been handed over.
  backend.disposeData(totals.dataId)
  return y
}
