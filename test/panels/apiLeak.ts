import { createEngine } from '../../src/engine/engine.ts'
import { compute } from '../../src/panels/apiLeak/compute.ts'
import { defaults, type ApiLeakExperiment } from '../../src/panels/apiLeak/experiment.ts'
import type { ApiLeakResult } from '../../src/panels/apiLeak/result.ts'
import type { SuspectId } from '../../src/panels/apiLeak/suspects.ts'

export const experimentOf = (patch: Partial<ApiLeakExperiment>): ApiLeakExperiment => ({ ...defaults, ...patch })

/** Every result of a run, the last one final. */
export async function results(
  patch: Partial<ApiLeakExperiment>,
  signal = new AbortController().signal,
  progress: (fraction: number, doing: string) => void = () => undefined,
): Promise<ApiLeakResult[]> {
  const context = {
    engine: createEngine(),
    signal,
    progress,
    data: async () => null,
    file: () => Promise.reject(new Error('no files here')),
  }
  const all: ApiLeakResult[] = []
  for await (const result of compute(experimentOf(patch), context)) all.push(result)
  return all
}

/** Everything that the panel computes. */
export const run = async (...of: Parameters<typeof results>): Promise<ApiLeakResult> => (await results(...of)).at(-1)!

export const suspectIn = ({ suspects }: ApiLeakResult, id: SuspectId) => suspects!.find((each) => each.id === id)!
