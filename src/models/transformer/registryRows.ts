import type { Normalizer } from '../../math/normalizers/contract.ts'
import type { ParamValues } from '../../math/normalizers/params.ts'
import { learnedParam } from './config.ts'
import type { AttentionShape, CausalRows, Values } from './loops.ts'

/** Any normalizer of the registry, by its own float64 functions. Each row costs it a few small arrays. */
export function registryRows(
  normalizer: Normalizer,
  params: ParamValues,
  { T, step }: Pick<AttentionShape, 'T' | 'step'>,
): CausalRows {
  const learned = learnedParam({ normalizer })
  const withLearned = (value: number) => (learned === null ? params : { ...params, [learned]: value })
  return {
    forward(scores, weights, start, value) {
      const given = withLearned(value)
      for (let n = 1, at = start; n <= T; n++, at += step)
        put(normalizer.forward(scores.subarray(at, at + n), given), weights, at, step)
    },
    back(scores, _, gradient, start, value) {
      const given = withLearned(value)
      let moved = 0
      for (let n = 1, at = start; n <= T; n++, at += step) {
        const x = scores.subarray(at, at + n)
        const cotangent = gradient.subarray(at, at + n)
        if (learned !== null) moved += normalizer.paramVjp(x, cotangent, given)[learned]!
        put(normalizer.vjp(x, cotangent, given), gradient, at, step)
      }
      return moved
    },
  }
}

function put(row: Float64Array, to: Values, at: number, step: number): void {
  for (let i = 0; i < row.length; i++) to[at + i] = row[i]!
  to.fill(0, at + row.length, at + step)
}
