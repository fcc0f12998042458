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

/** Milliseconds. */
const lossArrivesWithin = 100
const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

export function createStep({ id, open }: RungSource, onChange: () => void): Step {
  let status = idleRung(id)
  let opening: Promise<Rung | null> | null = null
  let timing: Promise<void> | null = null
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
    live = null // nothing is left to give back
    set({ state: 'lost', reason: `the device was lost: ${reason}`, nanosecondsPerEntry: null })
    for (const reject of onLoss) reject(new DeviceLostError(reason))
  }

  /** Rejects when the device is lost, even if the device never answers again. */
  async function whileAlive<T>(rung: Rung, work: Promise<T>, signal?: AbortSignal): Promise<T> {
    if (!rung.lost) return work
    let reject: (error: DeviceLostError) => void = () => undefined
    const lost = new Promise<never>((_, no) => (reject = no))
    onLoss.add(reject)
    try {
      return await Promise.race([work, lost])
    } catch (error) {
      // What runs on a device may fail a moment before the news of its loss arrives.
      if (!(error instanceof DeviceLostError) && !signal?.aborted) await Promise.race([lost, sleep(lossArrivesWithin)])
      throw error
    } finally {
      onLoss.delete(reject)
    }
  }

  async function openAndProbe(): Promise<Rung | null> {
    timing = null
    set({ ...idleRung(id), state: 'probing' })
    try {
      const rung = await open()
      if ('unavailable' in rung) {
        set({ state: 'unavailable', reason: rung.unavailable, device: rung.device ?? null })
        return null
      }
      live = rung
      set({ device: rung.device, software: rung.software })
      void rung.lost?.then((reason) => live === rung && lose(reason))
      const problem = await whileAlive(rung, probe(rung))
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

  async function timeOnce(): Promise<void> {
    const rung = await openOnce()
    if (!rung) return
    try {
      set({ nanosecondsPerEntry: await whileAlive(rung, timePerEntry(rung)) })
    } catch (error) {
      if (error instanceof DeviceLostError) return
      opening = Promise.resolve(null)
      close()
      set({ state: 'unavailable', reason: `it failed while it was timed: ${messageOf(error)}` })
    }
  }

  const openOnce = () => (opening ??= openAndProbe())

  return {
    status: () => status,
    open: openOnce,
    time: () => (timing ??= timeOnce()),
    async run(rung, job, options) {
      try {
        return await whileAlive(rung, rung.rows(job, options), options.signal)
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
