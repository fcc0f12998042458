import type { SinkRun } from './compute.ts'
import type { RunGroup } from './lookedAt.ts'

/** When the seeds of one model first had α₀ above a bound. */
export interface Onset {
  /** The records where a seed did so, ascending, each once. */
  readonly steps: readonly number[]
  /** Seeds that did so, and seeds that came to their last step without. */
  readonly passed: number
  readonly never: number
  /** Whether a seed stopped before its last step, and without. */
  readonly cut: boolean
  /** Seeds that have begun. */
  readonly seeds: number
}

/** @param last  the step at which a run is over */
export function onsetOf({ runs }: Pick<RunGroup, 'runs'>, bound: number, last: number): Onset {
  const firsts = runs.map(({ steps }) => steps.find(({ alpha0 }) => alpha0 > bound)?.step ?? null)
  const passed = firsts.filter((step) => step !== null)
  const over = ({ steps }: SinkRun) => steps.at(-1)?.step === last
  return {
    steps: [...new Set(passed)].sort((a, b) => a - b),
    passed: passed.length,
    never: runs.filter((run, i) => firsts[i] === null && over(run)).length,
    cut: runs.some((run, i) => firsts[i] === null && run.stopped !== null),
    seeds: runs.length,
  }
}

/** `at step 40`, `at steps 40 to 60 in 2 of 3 seeds`, `never`, `not so far`, or `not before it stopped`. */
export function onsetWords({ steps, passed, never, cut, seeds }: Onset): string {
  if (passed === 0) return never === seeds ? 'never' : cut ? 'not before it stopped' : 'not so far'
  const where = steps.length === 1 ? `at step ${steps[0]}` : `at steps ${steps[0]} to ${steps.at(-1)}`
  return passed === seeds ? where : `${where} in ${passed} of ${seeds} seeds`
}
