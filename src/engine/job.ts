import { DomainError, normalizerById, resolveParams, ShapeError } from '../math/index.ts'
import type { RowsJob } from './contract.ts'

/**
 * The job with every parameter filled in.
 * @throws DomainError for a normalizer or parameter that does not exist; ShapeError for an array of the wrong length
 */
export function checkedJob(job: RowsJob): RowsJob {
  const { kind, normalizer, rows, cols, x, mask, cotangent } = job
  const known = normalizerById(normalizer)
  if (!known) throw new DomainError(`engine: there is no normalizer "${normalizer}"`)
  for (const [name, size] of Object.entries({ rows, cols }))
    if (!Number.isInteger(size) || size < 0)
      throw new ShapeError(`engine: ${name} is ${size}; it must be a whole number, at least 0`)
  if (kind === 'vjp' && !cotangent) throw new ShapeError('engine: a vjp needs a cotangent; the job has none')
  for (const [name, array] of Object.entries({ x, mask, cotangent }))
    if (array && array.length !== rows * cols)
      throw new ShapeError(`engine: ${name} has ${array.length} entries; ${rows} x ${cols} makes ${rows * cols}`)
  return { ...job, params: resolveParams(normalizer, known.params, job.params) }
}
