import { breathe, breathEvery } from './breathe.ts'
import type { JobOptions, RowsJob } from './contract.ts'

/**
 * Runs `work` on one row after another, with a stop for breath between rows: a cancel waits for one row at most.
 * @returns milliseconds of the work alone
 */
export async function eachRow(
  { rows }: RowsJob,
  { signal, onProgress }: JobOptions,
  work: (row: number) => void,
): Promise<number> {
  let milliseconds = 0
  let since = performance.now()
  for (let row = 0; row < rows; row++) {
    work(row)
    const worked = performance.now() - since
    if (worked <= breathEvery) continue
    milliseconds += worked
    onProgress?.((row + 1) / rows)
    await breathe()
    signal?.throwIfAborted()
    since = performance.now()
  }
  return milliseconds + performance.now() - since
}
