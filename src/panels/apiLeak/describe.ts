import type { PanelResult, Published } from '../contract.ts'
import type { ApiLeakExperiment } from './experiment.ts'
import { growthOf, knownOf, outputsNeeded, spentOf, suspectOf, takenOf, isClear, type Numbers } from './lookedAt.ts'
import { sentenceOf } from './sentences.ts'

/** What one sees at the part of the play that is looked at, and the numbers of all parts. */
export function describe(experiment: ApiLeakExperiment, numbers: Numbers): Pick<PanelResult, 'sentence' | 'values'> {
  return {
    sentence: sentenceOf(experiment, numbers),
    values: { ...reading(experiment, numbers), ...counting(experiment, numbers), ...comparing(experiment, numbers) },
  }
}

function reading(experiment: ApiLeakExperiment, numbers: Numbers): Published {
  const { vocabulary, hidden, top, decimals, bias, price } = experiment
  const { seen, lost, error } = knownOf(experiment, numbers)
  const { calls, dollars, large } = spentOf(experiment, numbers)
  const here = numbers.stability?.here
  return {
    vocabulary,
    hidden,
    top,
    bias,
    price,
    seen,
    lost,
    error,
    calls,
    dollars,
    large: { ...large },
    decimals: decimals ?? 'all',
    callsPerOutput: numbers.reading.moves.reduce((sum, move) => sum + move.calls, 0),
    errorOneToken: here?.oneToken.error ?? NaN,
    errorTopK: here?.topK.error ?? NaN,
    errorAnchored: here?.anchored.error ?? NaN,
    backOneToken: here?.oneToken.back ?? NaN,
    backTopK: here?.topK.back ?? NaN,
    backAnchored: here?.anchored.back ?? NaN,
  }
}

function counting(experiment: ApiLeakExperiment, numbers: Numbers): Published {
  const growth = growthOf(experiment, numbers)
  const taken = takenOf(experiment, growth)
  return {
    collected: growth?.outputs ?? 0,
    rank: growth?.rank ?? 0,
    foundD: growth?.found ?? 'not yet',
    outputsNeeded: outputsNeeded(numbers) ?? 'not yet',
    ...(growth &&
      growth.found !== null && {
        certain: isClear(growth) ? 'yes' : 'no',
        residual: growth.residual,
        residualLimit: growth.residualLimit,
        layerMismatch: growth.layerMismatch,
      }),
    callsRebuilt: taken?.shortcut.calls ?? 'not yet',
    callsSaved: taken && numbers.campaign ? numbers.campaign.heldOutCalls - taken.shortcut.calls : 'not yet',
    ...(taken && { errorRebuilt: taken.shortcut.error, condition: taken.shortcut.condition }),
  }
}

function comparing(experiment: ApiLeakExperiment, numbers: Numbers): Published {
  const here = suspectOf(experiment, numbers)
  const suspects = Object.fromEntries(
    (numbers.suspects ?? []).map(({ id, rankChange, residual, difference, outputsChanged, imageChanged }) => [
      id,
      { rankChange, residual, difference, outputsChanged, imageChanged },
    ]),
  )
  const guards = Object.fromEntries(
    (numbers.guardCosts ?? []).map(({ id, calls, seen, error, found, callsToFind }) => [
      id ?? 'none',
      { calls, seen, error, foundD: found ?? 'not found', callsToFind },
    ]),
  )
  return {
    ...(here && {
      suspect: here.label,
      outputsChanged: here.outputsChanged,
      imageChanged: here.imageChanged,
      rankChange: here.rankChange,
      suspectResidual: here.residual,
    }),
    // Groups that are empty until then: a text that names one of their numbers waits for it.
    suspects,
    guards,
  }
}
