import type { Engine, EngineStatus, RowsJob, RowsOptions, RowsResult, RungId, RungSource } from './contract.ts'
import { DeviceLostError, OutOfMemoryError } from './errors.ts'
import { cpuSource } from './cpuRung.ts'
import { checkedJob } from './job.ts'
import { createTurns } from './newest.ts'
import { engineStatus } from './status.ts'
import { createStep, type Step } from './step.ts'
import { unlessAborted } from './unlessAborted.ts'
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
export function createEngine(sources: readonly RungSource[] = [webgpuSource, cpuSource]): LocalEngine {
  const listeners = new Set<() => void>()
  const takeTurn = createTurns()
  const steps = new Map<RungId, Step>(sources.map((source) => [source.id, createStep(source, refresh)]))
  const ids = [...steps.keys()]
  const last = ids.at(-1)
  let choice: EngineStatus['choice'] = 'auto'
  let status = currentStatus()

  function currentStatus(): EngineStatus {
    return engineStatus(
      choice,
      [...steps.values()].map((step) => step.status()),
    )
  }

  function refresh(): void {
    status = currentStatus()
    for (const listener of listeners) listener()
  }

  /** Opens a rung; one that competes with the CPU is then timed against it. */
  async function open(id: RungId): Promise<Step | undefined> {
    const step = steps.get(id)
    if (!step || (await step.open()) === null || id === last) return step
    await step.time()
    if (last) await steps.get(last)?.time()
    return step
  }

  async function firstRung(job: RowsJob, named: RungId | undefined): Promise<RungId | undefined> {
    if (named !== undefined) {
      // To name a rung is to ask for it anew.
      if (steps.get(named)?.status().state === 'lost') steps.get(named)?.retry()
      return named
    }
    if (choice !== 'auto') return choice
    if (job.rows * job.cols < smallJob) return last
    for (const id of ids) if (id !== last) await open(id)
    return status.running
  }

  async function descend(job: RowsJob, { rung: named, ...options }: RowsOptions & { signal: AbortSignal }) {
    const { signal } = options
    const first = await unlessAborted(firstRung(job, named), signal)
    const order = ids.slice(first === undefined ? 0 : ids.indexOf(first))
    for (const id of order) {
      const step = await unlessAborted(open(id), signal)
      const rung = (await step?.open()) ?? null
      const refusal = rung ? rung.refuses(job) : (step?.status().reason ?? 'it is not there')
      const strict = named === id || id === last
      if (step && rung && refusal === null) {
        try {
          return await step.run(rung, job, options)
        } catch (error) {
          signal.throwIfAborted()
          const devicesFault = error instanceof DeviceLostError || error instanceof OutOfMemoryError
          if (id === last || (strict && !devicesFault)) throw error
        }
      } else if (strict) throw new Error(`engine: ${id} cannot run this job: ${refusal}`)
    }
    throw new Error(`engine: there is no rung "${named ?? choice}"; there are ${ids.join(', ')}`)
  }

  return {
    status: () => status,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    choose(next) {
      choice = next
      for (const id of ids) if (next === 'auto' || next === id) steps.get(id)?.retry()
      refresh()
      if (next !== 'auto') void open(next)
    },
    async rows(job, options = {}): Promise<RowsResult> {
      const checked = checkedJob(job)
      const { newest, signal, ...rest } = options
      const turn = takeTurn(newest, signal)
      try {
        return await descend(checked, { ...rest, signal: turn.signal })
      } finally {
        turn.end()
      }
    },
    dispose() {
      for (const step of steps.values()) step.dispose()
    },
  }
}
