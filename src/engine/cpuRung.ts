import { normalizerById } from '../math/index.ts'
import { breathe, breathEvery } from './breathe.ts'
import type { JobOptions, RowsJob, RowsResult, Rung, RungSource } from './contract.ts'

const device = 'TypeScript float64'

/**
 * Runs any normalizer of the registry, row by row, in float64. It cannot fail to open and is the last resort.
 * Between rows it stops for breath, so a cancel waits for one row at most.
 */
async function rows(job: RowsJob, { signal, onProgress }: JobOptions): Promise<RowsResult> {
  const { cols, cotangent, mask, params, x } = job
  const normalizer = normalizerById(job.normalizer)
  if (!normalizer) throw new Error(`engine: there is no normalizer "${job.normalizer}"`)
  const y = new Float64Array(job.rows * cols)
  let milliseconds = 0
  let since = performance.now()
  for (let row = 0; row < job.rows; row++) {
    const start = row * cols
    const part = x.subarray(start, start + cols)
    const partMask = mask?.subarray(start, start + cols)
    y.set(
      job.kind === 'vjp' && cotangent
        ? normalizer.vjp(part, cotangent.subarray(start, start + cols), params, partMask)
        : normalizer.forward(part, params, partMask),
      start,
    )
    const worked = performance.now() - since
    if (worked > breathEvery) {
      milliseconds += worked
      onProgress?.((row + 1) / job.rows)
      await breathe()
      signal?.throwIfAborted()
      since = performance.now()
    }
  }
  milliseconds += performance.now() - since
  return { y, rung: 'cpu', precision: 'float64', device, milliseconds }
}

const cpuRung: Rung = {
  id: 'cpu',
  device,
  precision: 'float64',
  software: false,
  refuses: () => null,
  rows,
  buffers: () => 0,
  lost: null,
  dispose: () => undefined,
}

export const cpuSource: RungSource = { id: 'cpu', open: () => Promise.resolve(cpuRung) }
