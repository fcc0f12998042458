import { softmax } from '../math/index.ts'
import { timedEntries } from './timedEntries.ts'
import type { RowsJob, Rung } from './contract.ts'

/** Logits in [−4, 4) that repeat on every machine: the low bits of a multiplication, without a generator's state. */
function logits(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 0) / 2 ** 29 - 4)
}

function softmaxJob(rows: number, cols: number): RowsJob {
  return { kind: 'forward', normalizer: 'softmax', params: { T: 1 }, rows, cols, x: logits(rows * cols) }
}

/**
 * Runs softmax on a shape that fills no workgroup, and compares with float64.
 * @returns null, or what is wrong with the rung
 */
export async function probe(rung: Rung): Promise<string | null> {
  const job = softmaxJob(37, 129)
  const { y } = await rung.rows(job, {})
  if (y.length !== job.x.length) return `its softmax has ${y.length} entries instead of ${job.x.length}`
  for (let row = 0; row < job.rows; row++) {
    const start = row * job.cols
    const expected = softmax(job.x.subarray(start, start + job.cols))
    for (let col = 0; col < job.cols; col++) {
      const got = y[start + col]!
      const want = expected[col]!
      // 64 float32 roundings: ours stay under 12, a wrong kernel is off by far more.
      if (!(Math.abs(got - want) <= 64 * 2 ** -24 * want))
        return `its softmax is wrong: ${got} instead of ${want} in row ${row}, column ${col}`
    }
  }
  return null
}

/** Nanoseconds an entry on the timed job: the best of three, after one that warms up. */
export async function timePerEntry(rung: Rung): Promise<number> {
  const job = softmaxJob(256, timedEntries / 256)
  await rung.rows(job, {})
  let best = Infinity
  for (let round = 0; round < 3; round++) best = Math.min(best, (await rung.rows(job, {})).milliseconds)
  return (best * 1e6) / timedEntries
}
