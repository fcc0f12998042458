import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createEngine } from '../../src/engine/engine.ts'
import { cpuSource } from '../../src/engine/cpuRung.ts'
import { bytesSource } from '../../src/models/readers/byteSource.ts'
import type { ComputeContext, NamedFile } from '../../src/panels/contract.ts'
import { compute } from '../../src/panels/attention/compute.ts'
import { attentionPanel } from '../../src/panels/attention/index.ts'
import type { AttentionExperiment } from '../../src/panels/attention/experiment.ts'
import type { AttentionResult } from '../../src/panels/attention/result.ts'
import { openExperiment } from '../../src/panels/openExperiment.ts'
import { modelsFolder } from '../models/language/models.ts'

/** Files that a test has, by name. */
export const brought = new Map<string, Uint8Array>()
const known = new Map<string, NamedFile>()
/** Files that a test brought, models beside the project, and those that come with the page. */
const file: ComputeContext['file'] = async (reference) => {
  const here = known.get(reference)
  if (here && !brought.has(reference)) return here
  const path = reference.startsWith('models/') ? join('public', reference) : join(modelsFolder, reference)
  const found = { name: basename(reference), source: bytesSource(brought.get(reference) ?? readFileSync(path)) }
  known.set(reference, found)
  return found
}

/** What the panel makes of an experiment. */
export async function resultOf(fields: object): Promise<AttentionResult> {
  const opened = openExperiment(attentionPanel, { ...fields }, attentionPanel.version)
  if ('problems' in opened) throw new Error(opened.problems.join(' '))
  const context: ComputeContext = {
    engine: createEngine([cpuSource]),
    signal: new AbortController().signal,
    progress: () => undefined,
    data: async () => null,
    file,
  }
  let last: AttentionResult | undefined
  for await (const result of compute(opened.experiment as AttentionExperiment, context)) last = result
  return last!
}
