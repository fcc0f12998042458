import type { EngineStatus, RungId, RungStatus } from './contract.ts'
import { timedEntries } from './timedEntries.ts'

/** Before anything was asked of it. */
export const idleRung = (id: RungId): RungStatus => ({
  id,
  state: 'idle',
  device: null,
  software: false,
  reason: null,
  nanosecondsPerEntry: null,
})

/** What an engine that has not started says. */
export const idleStatus = (choice: EngineStatus['choice']): EngineStatus => ({
  choice,
  running: choice === 'auto' ? 'cpu' : choice,
  rungs: [idleRung('webgpu'), idleRung('wasm'), idleRung('cpu')],
})

const names: Readonly<Record<RungId, string>> = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'the CPU' }

/** Why a rung that could run does not, when the measurement decides. */
function whyNot(rung: RungStatus, running: RungStatus): string | null {
  if (rung.nanosecondsPerEntry === null || running.nanosecondsPerEntry === null) return null
  const time = ({ nanosecondsPerEntry }: RungStatus) =>
    `${Number((((nanosecondsPerEntry ?? NaN) * timedEntries) / 1e6).toPrecision(2))} ms`
  const measured = `${time(rung)} against ${time(running)} on ${names[running.id]}, for ${timedEntries.toLocaleString('en')} numbers`
  if (!rung.software) return measured
  const never = rung.nanosecondsPerEntry < running.nanosecondsPerEntry ? ', never chosen by itself' : ''
  return `${names[rung.id]} is a software device here${never}: ${measured}`
}

/** The fastest rung that is not an emulated GPU; the last one where nothing was measured. */
function fastest(rungs: readonly RungStatus[]): RungId {
  const timed = rungs.filter((rung) => rung.state === 'ready' && !rung.software && rung.nanosecondsPerEntry !== null)
  timed.sort((a, b) => a.nanosecondsPerEntry! - b.nanosecondsPerEntry!)
  return (timed[0] ?? rungs.at(-1))?.id ?? 'cpu'
}

const hasFailed = ({ state }: RungStatus) => state === 'unavailable' || state === 'lost'

/** What a ladder of these rungs does under this choice, and why. Below a chosen rung that has failed the next one runs. */
export function engineStatus(choice: EngineStatus['choice'], rungs: readonly RungStatus[]): EngineStatus {
  const from = rungs.findIndex(({ id }) => id === choice)
  const chosen = from < 0 ? rungs.at(-1) : rungs.slice(from).find((rung) => !hasFailed(rung))
  const running = choice === 'auto' ? fastest(rungs) : (chosen?.id ?? 'cpu')
  const runner = rungs.find(({ id }) => id === running)
  const explained = (rung: RungStatus) =>
    choice === 'auto' && runner && rung !== runner ? { ...rung, reason: rung.reason ?? whyNot(rung, runner) } : rung
  return { choice, running, rungs: rungs.map(explained) }
}
