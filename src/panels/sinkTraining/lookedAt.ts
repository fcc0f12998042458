import type { PanelResult } from '../contract.ts'
import type { SinkRun, SinkTrainingResult } from './compute.ts'
import { described } from './describe.ts'
import type { SinkTrainingExperiment } from './experiment.ts'
import type { StepReading } from './measure.ts'

/** Index of the last record at or before a step, null being the newest; −1 where there is none. */
export const indexAt = ({ steps }: Pick<SinkRun, 'steps'>, step: number | null): number =>
  step === null ? steps.length - 1 : steps.findLastIndex((reading) => reading.step <= step)

/** Runs of one normalizer with one setting, a seed each. */
export interface RunGroup {
  readonly key: string
  readonly normalizer: string
  readonly runs: readonly SinkRun[]
}

/** Runs by what they differ in besides their seed, in the order of the experiment. */
export function groupsOf(runs: readonly SinkRun[]): RunGroup[] {
  const groups = new Map<string, SinkRun[]>()
  // Two entries that are the same stay two: a run's place within its seed tells them apart.
  const places = new Map<number, number>()
  for (const run of runs) {
    const place = places.get(run.seed) ?? 0
    places.set(run.seed, place + 1)
    const key = `${place} ${run.normalizer}`
    groups.set(key, [...(groups.get(key) ?? []), run])
  }
  return [...groups].map(([key, mine]) => ({ key, normalizer: mine[0]!.normalizer, runs: mine }))
}

/** Every step that a run of the first seed has on record, ascending. */
export function recordedSteps({ runs }: Pick<SinkTrainingResult, 'runs'>): number[] {
  const seed = runs[0]?.seed
  const steps = runs.filter((run) => run.seed === seed).flatMap((run) => run.steps.map((reading) => reading.step))
  return [...new Set(steps)].sort((a, b) => a - b)
}

export type Metric = Exclude<keyof StepReading, 'step'>

/** One metric over steps, over the seeds that have the step. */
export interface Course {
  readonly steps: readonly number[]
  readonly mean: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
}

export function courseOf({ runs }: RunGroup, metric: Metric): Course {
  const longest = runs.reduce((most, { steps }) => (steps.length > most.length ? steps : most), runs[0]!.steps)
  const all = longest.map((_, i) => runs.flatMap(({ steps }) => steps[i]?.[metric] ?? []))
  return {
    steps: longest.map(({ step }) => step),
    mean: all.map((values) => values.reduce((sum, value) => sum + value / values.length, 0)),
    low: all.map((values) => Math.min(...values)),
    high: all.map((values) => Math.max(...values)),
  }
}

/** The runs as they were at a step; null is the newest. */
const upTo = (runs: readonly SinkRun[], step: number | null): readonly SinkRun[] =>
  step === null ? runs : runs.map((run) => ({ ...run, steps: run.steps.slice(0, indexAt(run, step) + 1) }))

/** What there is to say of the step that is looked at. */
export const describe = (
  { step }: Pick<SinkTrainingExperiment, 'step'>,
  { runs, uniformAlpha0 }: Pick<SinkTrainingResult, 'runs' | 'uniformAlpha0'>,
): Pick<PanelResult, 'sentence' | 'values'> => described(upTo(runs, step), uniformAlpha0)
