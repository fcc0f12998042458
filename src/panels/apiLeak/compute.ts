import { paceFor } from '../../engine/breathe.ts'
import { logProbabilities } from '../../math/bottleneck/views.ts'
import { rowOf, sliceRows } from '../../math/linalg/matrix.ts'
import type { Compute } from '../contract.ts'
import { collect } from './campaign.ts'
import { noiseSeedOf, suspectSteps } from './compareSuspects.ts'
import { describe } from './describe.ts'
import { attackOf, endpointOf, readOutput, secretModel } from './emulation.ts'
import type { ApiLeakExperiment } from './experiment.ts'
import { guardCostSteps } from './guardCosts.ts'
import { guardSettings } from './guards.ts'
import type { Numbers } from './lookedAt.ts'
import type { ApiLeakResult } from './result.ts'
import { stabilitySteps, triedBiases } from './stability.ts'
import { suspects } from './suspects.ts'

/** Shares of the whole run, by how long its parts take. */
const share = { first: 0.05, collected: 0.25, compared: 0.4 } as const

export const compute: Compute<ApiLeakExperiment, ApiLeakResult> = async function* (experiment, { signal, progress }) {
  const pace = paceFor(signal)
  const isDue = createClock()
  const { outputs } = experiment
  const model = secretModel(experiment, outputs + 1)
  const endpoint = endpointOf(model, noiseSeedOf(experiment, 0))
  const attack = attackOf(experiment, experiment.guards)
  const truth = rowOf(logProbabilities(sliceRows(endpoint.logits, 0, 1)), 0)
  const { moves, logProbabilities: recovered } = await readOutput(endpoint, 0, attack, pace)
  let numbers: Numbers & Pick<ApiLeakResult, 'arrays'> = {
    strategy: attack.strategy,
    reading: { truth: [...truth], moves, recovered: [...recovered] },
    stability: null,
    campaign: null,
    suspects: null,
    guardCosts: null,
  }
  const resultNow = (): ApiLeakResult => ({ ...numbers, ...describe(experiment, numbers) })
  progress(0, 'trying the formulas')
  yield resultNow()

  for await (const stability of stabilitySteps(endpoint, truth, attack, pace)) {
    const done = stability.anchored.length / triedBiases.length
    progress(share.first * done, 'trying the formulas')
    numbers = { ...numbers, stability }
    if (isDue()) yield resultNow()
  }
  const collected = await collect(model, endpoint, attack, pace, (read) =>
    progress(between(share.first, share.collected, read / outputs), `output ${read} of ${outputs}`),
  )
  numbers = { ...numbers, campaign: collected.campaign, arrays: collected.arrays }
  yield resultNow()

  const { signature } = collected
  if (signature !== null) {
    for await (const read of suspectSteps(experiment, model, signature, attack, pace)) {
      const [done, all] = [read.length, suspects.length]
      progress(between(share.collected, share.compared, done / all), `suspect ${done} of ${all}`)
      numbers = { ...numbers, suspects: read }
      if (isDue()) yield resultNow()
    }
  }
  for await (const guardCosts of guardCostSteps(experiment, endpoint, truth, pace)) {
    const [done, all] = [guardCosts.length, guardSettings.length]
    progress(between(share.compared, 1, done / all), `guard ${done} of ${all}`)
    numbers = { ...numbers, guardCosts }
    if (isDue()) yield resultNow()
  }
  yield resultNow()
}

const between = (from: number, to: number, fraction: number): number => from + (to - from) * fraction

/** Milliseconds between two partial results of one part. */
const resultEvery = 250

/** Says whether the last yes is long enough ago. */
function createClock(): () => boolean {
  let last = performance.now()
  return () => {
    if (performance.now() - last < resultEvery) return false
    last = performance.now()
    return true
  }
}
