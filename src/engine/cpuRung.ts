import type { JobOptions, RowsJob, RowsResult, Rung, RungSource } from './contract.ts'
import { eachRow } from './eachRow.ts'
import { exactRow } from './exactRow.ts'

const device = 'TypeScript float64'

/** Runs any normalizer of the registry, row by row, in float64. It cannot fail to open and is the last resort. */
async function rows(job: RowsJob, options: JobOptions): Promise<RowsResult> {
  const exact = exactRow(job)
  const y = new Float64Array(job.rows * job.cols)
  const milliseconds = await eachRow(job, options, (row) => y.set(exact(row), row * job.cols))
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
