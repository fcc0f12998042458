import type { ApiLeakExperiment } from './experiment.ts'
import { growthOf, hasNoImage, knownOf, outputsNeeded, isClear, suspectOf, takenOf, type Numbers } from './lookedAt.ts'
import { noImage } from './noImage.ts'
import { changesOf, loraBeyond } from './suspectWords.ts'
import { twoDigits } from './twoDigits.ts'

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
  if (hasNoImage(numbers)) return noImage(numbers)
  if (suspect === null) return 'The suspects are being asked.'
  const beyond = suspect.id === 'lora' ? loraBeyond(experiment) : ''
  return [`${capital(suspect.label)}: ${changesOf(suspect)}.`, beyond].join(' ').trimEnd()
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
