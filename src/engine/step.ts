import { DomainError } from '../math/index.ts'
import type { JobOptions, RowsJob, RowsResult, Rung, RungSource, RungStatus } from './contract.ts'
import { DeviceLostError, OutOfMemoryError } from './errors.ts'
import { probe, timePerEntry } from './probe.ts'
import { idleRung } from './status.ts'

/** Milliseconds between the failure of what ran on a device and the news that the device is lost. */
const lossArrivesWithin = 100
const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** A rung with its life: opened when first needed, trusted after a probe, perhaps lost, perhaps opened again. */
export class Step {
  readonly #source: RungSource
  readonly #onChange: () => void
  readonly #onLoss = new Set<(error: DeviceLostError) => void>()
  #status: RungStatus
  #opening: Promise<Rung | null> | null = null
  #timing: Promise<void> | null = null
  #live: Rung | null = null
  /** Goes up when what is being opened is no longer wanted. */
  #life = 0

  constructor(source: RungSource, onChange: () => void) {
    this.#source = source
    this.#onChange = onChange
    this.#status = idleRung(source.id)
  }

  get status(): RungStatus {
    return this.#status
  }

  /** The rung, probed; null if it cannot be had: `status.reason` says why. It is not tried again until `retry`. */
  open(): Promise<Rung | null> {
    // In a later turn: a listener that hears of the probing and asks again must find this promise.
    const life = this.#life
    return (this.#opening ??= Promise.resolve().then(() => this.#openAndProbe(life)))
  }

  /** Times the open rung, once; one that cannot do that is unavailable from then on. */
  time(): Promise<void> {
    return (this.#timing ??= this.#timeOnce())
  }

  /** Runs a job on the open rung. @throws DeviceLostError as soon as the device is lost */
  async run(rung: Rung, job: RowsJob, options: JobOptions): Promise<RowsResult> {
    try {
      return await this.#whileAlive(rung, rung.rows(job, options), options.signal)
    } catch (error) {
      const size = `a job of ${job.rows} x ${job.cols}`
      if (error instanceof OutOfMemoryError) this.#set({ reason: `out of memory on ${size}: ${error.message}` })
      else if (!(error instanceof DeviceLostError) && !options.signal?.aborted)
        this.#set({ reason: `failed on ${size}: ${messageOf(error)}` })
      throw error
    }
  }

  /** Forgets a failure. */
  retry(): void {
    if (this.#status.state === 'ready') this.#set({ reason: null })
    else if (this.#status.state !== 'probing') {
      this.#opening = null
      this.#set(idleRung(this.#source.id))
    }
  }

  /** Gives the rung back, also one that is still being opened; jobs on it reject. It may be opened again. */
  dispose(): void {
    this.#life++
    this.#close()
    for (const reject of this.#onLoss) reject(new DeviceLostError('the engine was disposed of'))
    this.#opening = null
    this.#status = idleRung(this.#source.id)
  }

  #set(change: Partial<RungStatus>): void {
    this.#status = { ...this.#status, ...change }
    this.#onChange()
  }

  /** Gives the rung back. Its own `lost` is no news after that. */
  #close(): void {
    this.#live?.dispose()
    this.#live = null
  }

  #lose(reason: string): void {
    this.#opening = Promise.resolve(null)
    this.#live = null // nothing is left to give back
    this.#set({ state: 'lost', reason: `the device was lost: ${reason}`, nanosecondsPerEntry: null })
    for (const reject of this.#onLoss) reject(new DeviceLostError(reason))
  }

  /** Rejects when the device is lost, even if the device never answers again. */
  async #whileAlive<T>(rung: Rung, work: Promise<T>, signal?: AbortSignal): Promise<T> {
    if (!rung.lost) return work
    let reject: (error: DeviceLostError) => void = () => undefined
    const lost = new Promise<never>((_, no) => (reject = no))
    this.#onLoss.add(reject)
    try {
      return await Promise.race([work, lost])
    } catch (error) {
      const explained = [DeviceLostError, OutOfMemoryError, DomainError].some((kind) => error instanceof kind)
      // What runs on a device may fail a moment before the news of its loss arrives.
      if (!explained && !signal?.aborted) await Promise.race([lost, sleep(lossArrivesWithin)])
      throw error
    } finally {
      this.#onLoss.delete(reject)
    }
  }

  async #openAndProbe(life: number): Promise<Rung | null> {
    if (life !== this.#life) return null
    this.#timing = null
    this.#set({ ...idleRung(this.#source.id), state: 'probing' })
    try {
      const rung = await this.#source.open()
      if (life !== this.#life) {
        if (!('unavailable' in rung)) rung.dispose()
        return null
      }
      if ('unavailable' in rung) {
        this.#set({ state: 'unavailable', reason: rung.unavailable })
        return null
      }
      this.#live = rung
      this.#set({ device: rung.device, software: rung.software })
      void rung.lost?.then((reason) => this.#live === rung && this.#lose(reason))
      const problem = await this.#whileAlive(rung, probe(rung))
      if (life !== this.#life) return null
      if (problem === null) {
        this.#set({ state: 'ready' })
        return rung
      }
      this.#set({ state: 'unavailable', reason: problem })
    } catch (error) {
      if (life !== this.#life) return null
      if (!(error instanceof DeviceLostError)) this.#set({ state: 'unavailable', reason: messageOf(error) })
    }
    this.#close()
    return null
  }

  async #timeOnce(): Promise<void> {
    const rung = await this.open()
    if (!rung) return
    try {
      this.#set({ nanosecondsPerEntry: await this.#whileAlive(rung, timePerEntry(rung)) })
    } catch (error) {
      if (error instanceof DeviceLostError) return
      this.#opening = Promise.resolve(null)
      this.#close()
      this.#set({ state: 'unavailable', reason: `it failed while it was timed: ${messageOf(error)}` })
    }
  }
}
