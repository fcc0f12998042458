import type { Engine, EngineStatus, RowsJob, RowsOptions, RowsResult, RungId, RungSource } from './contract.ts'
import { DeviceLostError, OutOfMemoryError } from './errors.ts'
import { cpuSource } from './cpuRung.ts'
import { checkedJob } from './job.ts'
import { createTurns } from './newest.ts'
import { engineStatus } from './status.ts'
import { Step } from './step.ts'
import { unlessAborted } from './unlessAborted.ts'
import { wasmSource } from './wasmSource.ts'
import { webgpuSource } from './webgpuSource.ts'

/** Entries below which a job runs on the CPU unless someone chose otherwise: a few milliseconds at most. */
const smallJob = 65_536

/** An engine that runs in place: in the worker, in Node, in a test. */
export interface LocalEngine extends Engine {
  /** Gives the devices back. */
  dispose(): void
}

/**
 * @param sources  the ladder, in order of preference; each rung falls back to those after it, and the last one, which
 *                 must always open, runs what nothing else may
 */
export function createEngine(sources: readonly RungSource[] = [webgpuSource, wasmSource, cpuSource]): LocalEngine {
  return new Ladder(sources)
}

// Fields that are functions, not methods: an engine's parts are handed around one by one (`useSyncExternalStore`).
class Ladder implements LocalEngine {
  readonly #steps: ReadonlyMap<RungId, Step>
  readonly #ids: readonly RungId[]
  readonly #last: RungId | undefined
  readonly #listeners = new Set<() => void>()
  readonly #takeTurn = createTurns()
  #choice: EngineStatus['choice'] = 'auto'
  #status: EngineStatus

  constructor(sources: readonly RungSource[]) {
    this.#steps = new Map(sources.map((source) => [source.id, new Step(source, this.#refresh)]))
    this.#ids = [...this.#steps.keys()]
    this.#last = this.#ids.at(-1)
    this.#status = this.#currentStatus()
  }

  status = () => this.#status

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  choose = (next: EngineStatus['choice']) => {
    this.#choice = next
    for (const [id, step] of this.#steps) if (next === 'auto' || next === id) step.retry()
    this.#refresh()
    if (next !== 'auto') void this.#open(next)
  }

  rows = async (job: RowsJob, options: RowsOptions = {}): Promise<RowsResult> => {
    const checked = checkedJob(job)
    const { newest, signal, ...rest } = options
    const turn = this.#takeTurn(newest, signal)
    try {
      return await this.#descend(checked, { ...rest, signal: turn.signal })
    } finally {
      turn.end()
    }
  }

  dispose = () => {
    for (const step of this.#steps.values()) step.dispose()
  }

  #currentStatus = () =>
    engineStatus(
      this.#choice,
      [...this.#steps.values()].map((step) => step.status),
    )

  #refresh = () => {
    this.#status = this.#currentStatus()
    for (const listener of this.#listeners) listener()
  }

  /** Opens a rung; one that competes with the CPU is then timed against it. */
  async #open(id: RungId): Promise<Step | undefined> {
    const step = this.#steps.get(id)
    if (!step || (await step.open()) === null || id === this.#last) return step
    await step.time()
    if (this.#last) await this.#steps.get(this.#last)?.time()
    return step
  }

  async #firstRung(job: RowsJob, named: RungId | undefined): Promise<RungId | undefined> {
    if (named !== undefined) {
      // To name a rung is to ask for it anew.
      const step = this.#steps.get(named)
      if (step?.status.state === 'lost') step.retry()
      return named
    }
    if (this.#choice !== 'auto') return this.#choice
    if (job.rows * job.cols < smallJob) return this.#last
    for (const id of this.#ids) if (id !== this.#last) await this.#open(id)
    return this.#status.running
  }

  async #descend(job: RowsJob, { rung: named, ...options }: RowsOptions & { signal: AbortSignal }) {
    const { signal } = options
    const first = await unlessAborted(this.#firstRung(job, named), signal)
    const from = this.#ids.findIndex((id) => id === first)
    for (const id of from < 0 ? [] : this.#ids.slice(from)) {
      const step = await unlessAborted(this.#open(id), signal)
      const rung = (await step?.open()) ?? null
      const refusal = rung ? rung.refuses(job) : (step?.status.reason ?? 'it is not there')
      const strict = named === id || id === this.#last
      if (step && rung && refusal === null) {
        try {
          return await step.run(rung, job, options)
        } catch (error) {
          signal.throwIfAborted()
          const devicesFault = error instanceof DeviceLostError || error instanceof OutOfMemoryError
          if (id === this.#last || (strict && !devicesFault)) throw error
        }
      } else if (strict) throw new Error(`engine: ${id} cannot run this job: ${refusal}`)
    }
    throw new Error(`engine: there is no rung "${named ?? this.#choice}"; there are ${this.#ids.join(', ')}`)
  }
}
