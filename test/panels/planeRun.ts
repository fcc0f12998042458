import { createEngine } from '../../src/engine/engine.ts'
import type { DataTable } from '../../src/panels/contract.ts'
import { compute } from '../../src/panels/informationPlane/compute.ts'
import { defaults, settingsOf, type InformationPlaneExperiment } from '../../src/panels/informationPlane/experiment.ts'
import type { InformationPlaneResult } from '../../src/panels/informationPlane/result.ts'

/** The final result of an information plane. @param table  own data, under any key */
export async function run(
  patch: Partial<InformationPlaneExperiment>,
  table: DataTable | null = null,
): Promise<InformationPlaneResult> {
  const context = {
    engine: createEngine(),
    signal: new AbortController().signal,
    progress: () => undefined,
    data: async () => table,
    file: () => Promise.reject(new Error('no files here')),
  }
  let last: InformationPlaneResult | null = null
  for await (const result of compute({ ...defaults, ...patch }, context)) last = result
  return last!
}

/** A few epochs, by two estimators. */
export const short = { epochs: 4, estimators: settingsOf('bin-fixed', 'kde-upper') }
