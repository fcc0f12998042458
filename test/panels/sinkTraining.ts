import { parse } from 'valibot'
import { cpuSource } from '../../src/engine/cpuRung.ts'
import { createEngine } from '../../src/engine/engine.ts'
import type { ComputeContext } from '../../src/panels/contract.ts'
import { compute, type SinkTrainingResult } from '../../src/panels/sinkTraining/compute.ts'
import { schema } from '../../src/panels/sinkTraining/experiment.ts'

/** Every result of an experiment, in order. */
export async function resultsOf(
  experiment: object,
  change: Partial<ComputeContext> = {},
): Promise<SinkTrainingResult[]> {
  const context: ComputeContext = {
    engine: createEngine([cpuSource]),
    signal: new AbortController().signal,
    progress: () => undefined,
    data: () => Promise.resolve(null),
    file: () => Promise.reject(new Error('no files here')),
    ...change,
  }
  const results: SinkTrainingResult[] = []
  for await (const result of compute(parse(schema, experiment), context)) results.push(result)
  return results
}

export const finalOf = async (experiment: object): Promise<SinkTrainingResult> => (await resultsOf(experiment)).at(-1)!
