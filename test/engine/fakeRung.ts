import type { JobOptions, RowsJob, RowsResult, Rung, RungSource } from '../../src/engine/contract.ts'
import { cpuSource } from '../../src/engine/cpuRung.ts'

export interface Fake extends RungSource {
  /** How often it was opened, and the jobs it was given besides probes and timings. */
  readonly log: { opened: number; jobs: RowsJob[]; disposed: number }
  /** Breaks the device that is open now. */
  lose(reason: string): void
}

interface Behaviour {
  readonly software?: boolean
  /** What it claims the timing job took. */
  readonly milliseconds?: number
  readonly unavailable?: string
  readonly refuses?: string
  /** Added to every weight: a broken kernel. */
  readonly wrongBy?: number
  /** Runs instead of the work, for jobs besides probes and timings. */
  readonly onJob?: (job: RowsJob, options: JobOptions) => Promise<void>
}

/** The probe and the timing job are softmax; the tests' own jobs are told apart by their temperature. */
const isOwn = (job: RowsJob) => job.params['T'] !== 1

/** A rung under the name of WebGPU, computed by the CPU's loops, that fails as it is told to. */
export function fakeGpu(behaviour: Behaviour = {}): Fake {
  const log: Fake['log'] = { opened: 0, jobs: [], disposed: 0 }
  let breakDevice: (reason: string) => void = () => undefined
  async function open(): Promise<Rung | { unavailable: string }> {
    log.opened++
    const cpu = await cpuSource.open()
    if (behaviour.unavailable !== undefined || 'unavailable' in cpu)
      return { unavailable: behaviour.unavailable ?? 'no cpu' }
    async function rows(job: RowsJob, options: JobOptions): Promise<RowsResult> {
      if (isOwn(job)) {
        log.jobs.push(job)
        await behaviour.onJob?.(job, options)
      }
      const result = await (cpu as Rung).rows(job, options)
      const y = result.y.map((weight) => weight + (behaviour.wrongBy ?? 0))
      return { ...result, y, rung: 'webgpu', device: 'fake', milliseconds: behaviour.milliseconds ?? 0.001 }
    }
    const lost = new Promise<string>((resolve) => (breakDevice = resolve))
    return {
      id: 'webgpu',
      device: 'fake',
      precision: 'float32',
      software: behaviour.software ?? false,
      refuses: () => behaviour.refuses ?? null,
      rows,
      buffers: () => 0,
      lost,
      dispose: () => void log.disposed++,
    }
  }
  return { id: 'webgpu', open, log, lose: (reason) => breakDevice(reason) }
}

/** A job of the tests' own: softmax at T = 2 of [0, 2·ln 3], again and again; every row gives [1/4, 3/4]. */
export function quarterJob(rows: number): RowsJob {
  const x = Float64Array.from({ length: 2 * rows }, (_, i) => (i % 2) * 2 * Math.log(3))
  return { kind: 'forward', normalizer: 'softmax', params: { T: 2 }, rows, cols: 2, x }
}
