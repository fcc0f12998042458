import { fastRowsOf } from '../../../kernels/wasm/fastRows.ts'
import type { LoopExports } from '../../../kernels/wasm/openLoops.ts'
import type { Normalizer } from '../../../math/normalizers/contract.ts'
import type { ParamValues } from '../../../math/normalizers/params.ts'
import type { AttentionShape, CausalRows } from '../loops.ts'
import { registryRows } from '../registryRows.ts'

/** True if the rows of this normalizer run in WASM; any other runs its float64 functions between the SIMD loops. */
export const hasFastRows = ({ id }: Normalizer, params: ParamValues): boolean => fastRowsOf(id, params) !== null

export function wasmRows(
  loops: LoopExports,
  normalizer: Normalizer,
  params: ParamValues,
  shape: AttentionShape,
): CausalRows {
  const fast = fastRowsOf(normalizer.id, params)
  if (!fast) return registryRows(normalizer, params, shape)
  const { T, step } = shape
  const [forward, back] = [fast.forward(loops), fast.back(loops)]
  return {
    forward(scores, weights, start, learned) {
      const [p0, p1] = fast.numbers(params, learned)
      const at = 4 * start
      forward(1, T, step, scores.byteOffset + at, weights.byteOffset + at, p0, p1)
    },
    back(scores, weights, gradient, start, learned) {
      const [p0, p1] = fast.numbers(params, learned)
      const at = 4 * start
      return back(1, T, step, scores.byteOffset + at, weights.byteOffset + at, gradient.byteOffset + at, p0, p1)
    },
  }
}
