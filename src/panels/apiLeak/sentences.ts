import type { ApiLeakExperiment } from './experiment.ts'
import { clearRank, type SuspectReading } from './result.ts'
import { growthOf, hasNoImage, knownOf, outputsNeeded, isClear, suspectOf, takenOf, type Numbers } from './lookedAt.ts'

/** What one sees at the part of the play that is looked at. */
export function sentenceOf(experiment: ApiLeakExperiment, numbers: Numbers): string {
  switch (experiment.step) {
    case 'read':
      return ofReading(experiment, numbers)
    case 'count':
      return ofCounting(experiment, numbers)
    case 'rebuild':
      return ofRebuilding(experiment, numbers)
    case 'compare':
      return ofComparing(experiment, numbers)
  }
}

/** Two digits: `3.1e−8`, `0.37`, `18`; `unknown` for NaN. */
export const twoDigits = (value: number): string => {
  if (Number.isNaN(value)) return 'unknown'
  if (value === 0 || !Number.isFinite(value)) return String(value)
  if (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e4)
    return value.toExponential(1).replace('.0e', 'e').replace('e-', 'e−')
  return String(Number(value.toPrecision(2)))
}

const count = (n: number, thing: string) => `${n.toLocaleString('en-US')} ${n === 1 ? thing : `${thing}s`}`

function ofReading(experiment: ApiLeakExperiment, numbers: Numbers): string {
  const { seen, lost, calls, error, next } = knownOf(experiment, numbers)
  const { vocabulary } = experiment
  if (calls === 0) return `The emulated API has not been asked anything yet: none of ${vocabulary} tokens is known.`
  const known = `After ${count(calls, 'call')} to the emulated API, ${seen} of ${vocabulary} log-probabilities of this prompt are known`
  const worst = Number.isNaN(error) ? '' : `, the worst of them ${twoDigits(error)} nats off`
  const gone = lost === 0 ? '' : `; ${lost} that were asked for came back useless or not at all`
  const rest =
    numbers.strategy === 'unbiased' && seen < vocabulary
      ? '; no bias is taken, so the others cannot be reached'
      : next === null
        ? '; every token was asked for'
        : ''
  return `${known}${worst}${gone}${rest}.`
}

function ofCounting(experiment: ApiLeakExperiment, numbers: Numbers): string {
  const growth = growthOf(experiment, numbers)
  if (growth === null) return 'No whole output has been collected yet.'
  const { outputs, calls, lost, rank, found } = growth
  const have = `${count(outputs, 'output')} of the emulated API, ${count(calls, 'call')}`
  if (lost === outputs) return `${have}: not one came back whole, so nothing can be counted.`
  const kept = lost === 0 ? '' : ` (${lost} with gaps left out)`
  if (rank === 0) return `${have}${kept}: nothing stands out of the errors of the replies.`
  if (found === null) return `${have}${kept}: ${count(rank, 'direction')}. Each output was new, so there may be more.`
  return `${have}${kept}: only ${count(found, 'direction')} ${found === 1 ? 'stands' : 'stand'} out of the errors. The output layer takes ${isClear(growth) ? '' : 'at least '}${count(found, 'number')}.`
}

function ofRebuilding(experiment: ApiLeakExperiment, numbers: Numbers): string {
  const taken = takenOf(experiment, growthOf(experiment, numbers))
  if (taken === null) {
    const needed = outputsNeeded(numbers)
    return needed === null
      ? 'Nothing can be rebuilt: no number of these outputs shows how many directions there are.'
      : `To rebuild an output from a few tokens, first collect ${needed} whole ones.`
  }
  const { shortcut, tokens, isWhole, calls } = taken
  const whole = numbers.campaign?.heldOutCalls ?? NaN
  if (!isWhole) return `${count(calls, 'call')}, ${count(tokens.length, 'token')}: more are needed to fix the output.`
  if (Number.isNaN(shortcut.error)) return 'A token did not come back at this bias, so the output is not fixed.'
  return `${count(shortcut.calls, 'call')} about a few tokens fix all ${experiment.vocabulary} log-probabilities, the worst ${twoDigits(shortcut.error)} nats off. Reading them one after the other takes ${count(whole, 'call')}.`
}

function ofComparing(experiment: ApiLeakExperiment, numbers: Numbers): string {
  const suspect = suspectOf(experiment, numbers)
  if (hasNoImage(numbers)) return 'There is no image to compare with: it cannot be taken through this interface.'
  if (suspect === null) return 'The suspects are being asked.'
  const { label, outputsChanged, imageChanged, residual, residualLimit } = suspect
  const outputs = `outputs ${told[outputsChanged]}`
  const image = `image ${told[imageChanged]}`
  const rank = `its outputs add ${addedDirections(suspect)}`
  const measured = Number.isNaN(residual)
    ? 'its output did not come back whole'
    : `residual ${twoDigits(residual)}; errors alone reach ${twoDigits(residualLimit)}`
  return `${capital(label)}: the ${outputs}, the ${image} (${measured}), and ${rank}.`
}

/** `2 directions`, `at least 2 directions`, `no direction`. */
export function addedDirections({ rankChange, rankTolerance, imageChanged }: SuspectReading): string {
  if (Number.isNaN(rankChange)) return 'a number of directions that errors hide'
  if (rankChange === 0) return imageChanged === 'no' ? 'no direction' : 'no direction that stands out of the errors'
  return `${rankTolerance > clearRank ? 'at least ' : ''}${count(rankChange, 'direction')}`
}

const told = { yes: 'changed', no: 'did not change', unclear: 'may have changed: errors would hide it' } as const

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
