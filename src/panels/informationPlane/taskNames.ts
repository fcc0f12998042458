import type { InformationPlaneExperiment } from './experiment.ts'

type Task = InformationPlaneExperiment['task']

/** What each task is called; own data only where there is some. */
export function taskNames(data: InformationPlaneExperiment['data']): { readonly id: Task; readonly label: string }[] {
  return [
    { id: 'published', label: 'the 12-bit task' },
    { id: 'permuted', label: 'the 12-bit task, bits permuted' },
    { id: 'stochastic', label: 'the 12-bit task, noisy labels' },
    { id: 'random-points', label: '12 random points' },
    { id: 'shapes', label: 'four shapes in 8 × 8 pixels' },
    ...(data ? [{ id: 'data' as const, label: data.name }] : []),
  ]
}
