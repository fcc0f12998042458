import type { Normalizer } from '../math/normalizers/contract.ts'
import { normalizerById } from '../math/index.ts'
import type { RowsJob } from './contract.ts'

/** Computes one row of a job in float64, by the registry's own functions; they obey every edge rule. */
export function exactRow(job: RowsJob): (row: number) => Float64Array {
  const normalizer: Normalizer | undefined = normalizerById(job.normalizer)
  if (!normalizer) throw new Error(`engine: there is no normalizer "${job.normalizer}"`)
  const { cols, cotangent, kind, mask, params, x } = job
  return (row) => {
    const [start, end] = [row * cols, (row + 1) * cols]
    const [logits, kept] = [x.subarray(start, end), mask?.subarray(start, end)]
    return kind === 'vjp' && cotangent
      ? normalizer.vjp(logits, cotangent.subarray(start, end), params, kept)
      : normalizer.forward(logits, params, kept)
  }
}
