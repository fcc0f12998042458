import type { Pace } from '../../engine/breathe.ts'
import { dimensionsOf } from './dimensions.ts'
import {
  attackOf,
  largestDifference,
  readOutputs,
  wholeRows,
  type Attack,
  type Endpoint,
  type ReadOutput,
} from './emulation.ts'
import type { ApiLeakExperiment } from './experiment.ts'
import { guardSettings, type GuardId } from './guards.ts'
import type { GuardCost } from './result.ts'

/** What the attack costs in each setting; yields those so far. */
export async function* guardCostSteps(
  experiment: ApiLeakExperiment,
  endpoint: Endpoint,
  truth: Float64Array,
  pace: Pace,
): AsyncGenerator<readonly GuardCost[], void, void> {
  const costs: GuardCost[] = []
  for (const id of guardSettings) {
    costs.push(await costOf(id, { ...experiment, formula: 'anchored' }, endpoint, truth, pace))
    yield [...costs]
  }
}

async function costOf(
  id: GuardId | null,
  experiment: ApiLeakExperiment,
  endpoint: Endpoint,
  truth: Float64Array,
  pace: Pace,
): Promise<GuardCost> {
  const attack = attackOf(experiment, id === null ? [] : [id])
  const outputs = await readOutputs(endpoint, experiment.outputs, attack, pace)
  const [first] = outputs
  const rows = wholeRows(outputs)
  const { found, tilt } = await dimensionsOf(rows, attack, pace)
  const seen = first!.logProbabilities.reduce((sum, x) => sum + (Number.isNaN(x) ? 0 : 1), 0)
  return {
    id,
    strategy: attack.strategy,
    calls: first!.calls,
    seen: seen / truth.length,
    error: largestDifference(first!.logProbabilities, truth),
    found,
    tilt,
    callsToFind: found === null ? NaN : await callsToFind(found, outputs, rows, attack, pace),
  }
}

/** Of the fewest outputs that already show it. Outputs without gaps come first to last: a guard makes gaps in all or none. */
async function callsToFind(
  found: number,
  outputs: readonly ReadOutput[],
  rows: readonly Float64Array[],
  attack: Attack,
  pace: Pace,
): Promise<number> {
  let needed = found + 1
  while (needed < rows.length && (await dimensionsOf(rows.slice(0, needed), attack, pace)).found !== found) needed += 1
  return outputs.slice(0, needed).reduce((sum, { calls }) => sum + calls, 0)
}
