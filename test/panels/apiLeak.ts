import { createEngine } from '../../src/engine/engine.ts'
import { compute } from '../../src/panels/apiLeak/compute.ts'
import { defaults, type ApiLeakExperiment } from '../../src/panels/apiLeak/experiment.ts'
import type { ApiLeakResult } from '../../src/panels/apiLeak/result.ts'
import type { SuspectId } from '../../src/panels/apiLeak/suspects.ts'

export const experimentOf = (patch: Partial<ApiLeakExperiment>): ApiLeakExperiment => ({ ...defaults, ...patch })

/** Everything that the panel computes. */
export async function run(
  patch: Partial<ApiLeakExperiment>,
  signal = new AbortController().signal,
  progress: (fraction: number, doing: string) => void = () => undefined,
): Promise<ApiLeakResult> {
  const context = {
    engine: createEngine(),
    signal,
    progress,
    data: async () => null,
    file: () => Promise.reject(new Error('no files here')),
  }
  let last: ApiLeakResult | null = null
  for await (const result of compute(experimentOf(patch), context)) last = result
  return last!
}

export const suspectIn = ({ suspects }: ApiLeakResult, id: SuspectId) => suspects!.find((each) => each.id === id)!
