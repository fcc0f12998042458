import { logProbabilities } from '../../math/bottleneck/views.ts'
import { rowOf, sliceRows } from '../../math/linalg/matrix.ts'
import type { Compute } from '../contract.ts'
import { collect } from './campaign.ts'
import { compareSuspects, noiseSeedOf } from './compareSuspects.ts'
import { describe } from './describe.ts'
import { attackOf, endpointOf, paceFor, readOutput, secretModel } from './emulation.ts'
import type { ApiLeakExperiment } from './experiment.ts'
import { guardCostsOf } from './guardCosts.ts'
import type { ApiLeakResult } from './result.ts'
import { stabilityOf } from './stability.ts'
import { suspects } from './suspects.ts'

/** Shares of the whole run, by how long its parts take. */
const share = { first: 0.05, collected: 0.35, compared: 0.7 } as const

export const compute: Compute<ApiLeakExperiment, ApiLeakResult> = async function* (experiment, { signal, progress }) {
  const pace = paceFor(signal)
  const { outputs } = experiment
  const model = secretModel(experiment, outputs + 1)
  const endpoint = endpointOf(model, noiseSeedOf(experiment, 0))
  const attack = attackOf(experiment, experiment.guards)
  const truth = rowOf(logProbabilities(sliceRows(endpoint.logits, 0, 1)), 0)
  const { moves, logProbabilities: recovered } = await readOutput(endpoint, 0, attack, pace)
  const start = {
    strategy: attack.strategy,
    reading: { truth: [...truth], moves, recovered: [...recovered] },
    stability: await stabilityOf(endpoint, truth, attack, pace),
    campaign: null,
    suspects: null,
    guardCosts: null,
  }
  progress(share.first, 'reading the first output')
  yield { ...start, ...describe(experiment, start) }

  const collected = await collect(model, endpoint, attack, pace, (read) =>
    progress(share.first + (share.collected - share.first) * (read / outputs), `output ${read} of ${outputs}`),
  )
  const grown = { ...start, campaign: collected.campaign }
  const { arrays, image } = collected
  yield { ...grown, arrays, ...describe(experiment, grown) }

  const compared = {
    ...grown,
    suspects:
      image &&
      (await compareSuspects(experiment, model, { image, outputs: collected.outputs }, attack, pace, (done) =>
        progress(
          share.collected + (share.compared - share.collected) * (done / suspects.length),
          `suspect ${done} of ${suspects.length}`,
        ),
      )),
  }
  const whole = {
    ...compared,
    guardCosts: await guardCostsOf(experiment, endpoint, truth, pace, (done, of) =>
      progress(share.compared + (1 - share.compared) * (done / of), `guard ${done} of ${of}`),
    ),
  }
  yield { ...whole, arrays, ...describe(experiment, whole) }
}
