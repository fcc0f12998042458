import type { PanelResult, Published } from '../contract.ts'
import { hasFormula } from './emulation.ts'
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

/** A word where there is no number: a text must not read NaN. */
const stated = (value: number | string): number | string =>
  typeof value === 'number' && Number.isNaN(value) ? 'unknown' : value

function reading(experiment: ApiLeakExperiment, numbers: Numbers): Published {
  const { vocabulary, hidden, top, decimals, bias, price } = experiment
  const { seen, lost, error } = knownOf(experiment, numbers)
  const { calls, dollars, large } = spentOf(experiment, numbers)
  const here = numbers.stability?.here
  const noFormula = hasFormula(numbers.strategy) ? '…' : 'not defined'
  return {
    vocabulary,
    hidden,
    top,
    bias,
    price,
    seen,
    lost,
    error: stated(error),
    calls,
    dollars,
    large: { ...large },
    decimals: decimals ?? 'all',
    callsPerOutput: numbers.reading.moves.reduce((sum, move) => sum + move.calls, 0),
    errorOneToken: stated(here?.oneToken.error ?? noFormula),
    errorTopK: stated(here?.topK.error ?? noFormula),
    errorAnchored: stated(here?.anchored.error ?? noFormula),
    backOneToken: here?.oneToken.back ?? noFormula,
    backTopK: here?.topK.back ?? noFormula,
    backAnchored: here?.anchored.back ?? noFormula,
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
        residual: stated(growth.residual),
        residualLimit: stated(growth.residualLimit),
        layerMismatch: growth.layerMismatch,
      }),
    callsRebuilt: taken?.shortcut.calls ?? 'not yet',
    callsSaved: taken && numbers.campaign ? numbers.campaign.heldOutCalls - taken.shortcut.calls : 'not yet',
    ...(taken && { errorRebuilt: stated(taken.shortcut.error), condition: taken.shortcut.condition }),
  }
}

function comparing(experiment: ApiLeakExperiment, numbers: Numbers): Published {
  const here = suspectOf(experiment, numbers)
  const suspects = Object.fromEntries(
    (numbers.suspects ?? []).map(({ id, rankChange, residual, difference, outputsChanged, imageChanged }) => [
      id,
      {
        rankChange: stated(rankChange),
        residual: stated(residual),
        difference: stated(difference),
        outputsChanged,
        imageChanged,
      },
    ]),
  )
  const guards = Object.fromEntries(
    (numbers.guardCosts ?? []).map(({ id, calls, seen, error, found, callsToFind }) => [
      id ?? 'none',
      {
        calls,
        seen,
        error: stated(error),
        foundD: found ?? 'not found',
        callsToFind: found === null ? 'not found' : callsToFind,
      },
    ]),
  )
  return {
    ...(here && {
      suspect: here.label,
      outputsChanged: here.outputsChanged,
      imageChanged: here.imageChanged,
      rankChange: stated(here.rankChange),
      suspectResidual: stated(here.residual),
    }),
    // Groups that are empty until then: a text that names one of their numbers waits for it.
    suspects,
    guards,
  }
}
