import { dimensionsOf } from './dimensions.ts'
import {
  attackOf,
  isWhole,
  largestDifference,
  readOutputs,
  type Attack,
  type Endpoint,
  type Pace,
  type ReadOutput,
} from './emulation.ts'
import type { ApiLeakExperiment } from './experiment.ts'
import { guards, type GuardId } from './guards.ts'
import type { GuardCost } from './result.ts'

/** The attack through the open interface, and through it with each guard alone. */
export async function guardCostsOf(
  experiment: ApiLeakExperiment,
  endpoint: Endpoint,
  truth: Float64Array,
  pace: Pace,
  onGuard: (done: number, of: number) => void,
): Promise<GuardCost[]> {
  const costs: GuardCost[] = []
  const all: (GuardId | null)[] = [null, ...guards.map(({ id }) => id)]
  for (const id of all) {
    costs.push(await costOf(id, { ...experiment, formula: 'anchored' }, endpoint, truth, pace))
    onGuard(costs.length, all.length)
  }
  return costs
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
  const rows = outputs.filter(isWhole).map(({ logProbabilities }) => logProbabilities)
  const { found, tilt } = dimensionsOf(rows, attack)
  const seen = first!.logProbabilities.reduce((sum, x) => sum + (Number.isNaN(x) ? 0 : 1), 0)
  return {
    id,
    strategy: attack.strategy,
    calls: first!.calls,
    seen: seen / truth.length,
    error: largestDifference(first!.logProbabilities, truth),
    found,
    tilt,
    callsToFind: found === null ? NaN : callsToFind(found, outputs, rows, attack),
  }
}

/** Of the fewest outputs that already show it. Outputs without gaps come first to last: a guard makes gaps in all or none. */
function callsToFind(found: number, outputs: readonly ReadOutput[], rows: readonly Float64Array[], attack: Attack) {
  let needed = found + 1
  while (needed < rows.length && dimensionsOf(rows.slice(0, needed), attack).found !== found) needed += 1
  return outputs.slice(0, needed).reduce((sum, { calls }) => sum + calls, 0)
}
