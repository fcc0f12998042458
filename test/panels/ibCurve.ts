import { createEngine } from '../../src/engine/engine.ts'
import type { ComputeContext } from '../../src/panels/contract.ts'
import { compute } from '../../src/panels/ibCurve/compute.ts'
import { defaults, type IbCurveExperiment } from '../../src/panels/ibCurve/experiment.ts'
import type { IbCurveResult } from '../../src/panels/ibCurve/result.ts'

/** What a run has, without data and files. */
export const context = (over: Partial<ComputeContext> = {}): ComputeContext => ({
  engine: createEngine(),
  signal: new AbortController().signal,
  progress: () => undefined,
  data: async () => null,
  file: () => Promise.reject(new Error('no files here')),
  ...over,
})

/** Every result of a curve, the last one whole. @param patch  over the defaults */
export async function results(patch: Partial<IbCurveExperiment>): Promise<readonly IbCurveResult[]> {
  const all: IbCurveResult[] = []
  for await (const result of compute({ ...defaults, ...patch }, context())) all.push(result)
  return all
}

/** The whole result of a curve. */
export const run = async (patch: Partial<IbCurveExperiment>): Promise<IbCurveResult> => (await results(patch)).at(-1)!
