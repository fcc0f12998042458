import type { JobOptions, RowsJob, RowsResult, Rung, RungSource, RungStatus } from './contract.ts'
import { DeviceLostError, OutOfMemoryError } from './errors.ts'
import { probe, timePerEntry } from './probe.ts'
import { idleRung } from './status.ts'

/** A rung with its life: opened when first needed, trusted after a probe, perhaps lost, perhaps opened again. */
export interface Step {
  readonly status: () => RungStatus
  /** The rung, probed; null if it cannot be had: `status().reason` says why. It is not tried again until `retry`. */
  readonly open: () => Promise<Rung | null>
  /** Times the open rung, once; one that cannot do that is unavailable from then on. */
  readonly time: () => Promise<void>
  /** Runs a job on the open rung. @throws DeviceLostError as soon as the device is lost */
  readonly run: (rung: Rung, job: RowsJob, options: JobOptions) => Promise<RowsResult>
  /** Forgets a failure. */
  readonly retry: () => void
  readonly dispose: () => void
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

export function createStep({ id, open }: RungSource, onChange: () => void): Step {
  let status = idleRung(id)
  let opening: Promise<Rung | null> | null = null
  let live: Rung | null = null
  const onLoss = new Set<(error: DeviceLostError) => void>()

  function set(change: Partial<RungStatus>): void {
    status = { ...status, ...change }
    onChange()
  }

  /** Gives the rung back. Its own `lost` is no news after that. */
  function close(): void {
    live?.dispose()
    live = null
  }

  function lose(reason: string): void {
    opening = Promise.resolve(null)
    close()
    set({ state: 'lost', reason: `the device was lost: ${reason}`, nanosecondsPerEntry: null })
    for (const reject of onLoss) reject(new DeviceLostError(reason))
  }

  /** Rejects when the device is lost, even if the device never answers again. */
  async function whileAlive<T>(work: Promise<T>): Promise<T> {
    let reject: (error: DeviceLostError) => void = () => undefined
    const lost = new Promise<never>((_, no) => (reject = no))
    onLoss.add(reject)
    return Promise.race([work, lost]).finally(() => onLoss.delete(reject))
  }

  async function openAndProbe(): Promise<Rung | null> {
    set({ ...idleRung(id), state: 'probing' })
    try {
      const rung = await open()
      if ('unavailable' in rung) {
        set({ state: 'unavailable', reason: rung.unavailable, device: rung.device ?? null })
        return null
      }
      live = rung
      set({ device: rung.device, software: rung.software })
      void rung.lost.then((reason) => live === rung && lose(reason))
      const problem = await whileAlive(probe(rung))
      if (problem === null) {
        set({ state: 'ready' })
        return rung
      }
      set({ state: 'unavailable', reason: problem })
    } catch (error) {
      if (!(error instanceof DeviceLostError)) set({ state: 'unavailable', reason: messageOf(error) })
    }
    close()
    return null
  }

  const openOnce = () => (opening ??= openAndProbe())

  return {
    status: () => status,
    open: openOnce,
    async time() {
      const rung = await openOnce()
      if (!rung || status.nanosecondsPerEntry !== null) return
      try {
        set({ nanosecondsPerEntry: await whileAlive(timePerEntry(rung)) })
      } catch (error) {
        if (error instanceof DeviceLostError) return
        opening = Promise.resolve(null)
        close()
        set({ state: 'unavailable', reason: `it failed while it was timed: ${messageOf(error)}` })
      }
    },
    async run(rung, job, options) {
      try {
        return await whileAlive(rung.rows(job, options))
      } catch (error) {
        const size = `a job of ${job.rows} x ${job.cols}`
        if (error instanceof OutOfMemoryError) set({ reason: `out of memory on ${size}: ${error.message}` })
        else if (!(error instanceof DeviceLostError) && !options.signal?.aborted)
          set({ reason: `failed on ${size}: ${messageOf(error)}` })
        throw error
      }
    },
    retry() {
      if (status.state === 'ready') set({ reason: null })
      else if (status.state !== 'probing') {
        opening = null
        set(idleRung(id))
      }
    },
    dispose() {
      close()
      opening = null
      status = idleRung(id)
    },
  }
}
