import type { ApiLeakExperiment } from './experiment.ts'
import { clearRank, type SuspectReading } from './result.ts'
import { twoDigits } from './twoDigits.ts'

/** What changed, as far as errors let it be told: first what is known, then what they hide. */
export function changesOf(suspect: SuspectReading): string {
  const { outputsChanged, imageChanged, residual, residualLimit, rankChange } = suspect
  const measured = Number.isNaN(residual)
    ? 'its output did not come back whole'
    : `residual ${twoDigits(residual)}; errors alone reach ${twoDigits(residualLimit)}`
  const known = [
    outputsChanged !== 'unclear' && `the outputs ${told[outputsChanged]}`,
    imageChanged !== 'unclear' && `the image ${told[imageChanged]} (${measured})`,
    !Number.isNaN(rankChange) && `its outputs add ${addedDirections(suspect)}`,
  ].filter((part) => part !== false)
  const hidden = [
    outputsChanged === 'unclear' && 'whether its outputs changed',
    imageChanged === 'unclear' && `whether its image changed (${measured})`,
    Number.isNaN(rankChange) && 'how many directions it adds',
  ].filter((part) => part !== false)
  if (hidden.length === 0) return joined(known)
  const open = `${Number.isNaN(residual) ? 'it is open' : 'errors hide'} ${joined(hidden)}`
  return known.length === 0 ? open : `${joined(known)}; ${open}`
}

/** How many calls tell what changed, or that errors let no number of them do so. */
export function callsToTell(suspect: SuspectReading): string {
  const { imageChanged, residual, rankChange, calls, callsForRank } = suspect
  const forRank = callsForRank.toLocaleString('en-US')
  if (Number.isNaN(residual)) return 'Its output did not come back whole, so that it cannot be held against the image.'
  if (imageChanged !== 'unclear') {
    const rank = Number.isNaN(rankChange)
      ? 'how many directions are added, errors hide from any number of calls'
      : `the number of added directions takes ${forRank}`
    return `One of its outputs, ${calls.toLocaleString('en-US')} calls, decides whether the image is the same; ${rank}.`
  }
  if (Number.isNaN(rankChange))
    return 'Errors hide whether the image is the same and how many directions are added: no number of these calls decides.'
  return `Errors hide whether the image is the same: no number of these calls decides. Directions that stand out of the errors take ${forRank}.`
}

/** `2 directions`, `at least 2 directions`, `no direction`. */
function addedDirections(suspect: SuspectReading): string {
  const { rankChange, rankTolerance } = suspect
  if (rankChange === 0) return isHidden(suspect) ? 'no direction that stands out of the errors' : 'no direction'
  const directions = rankChange === 1 ? 'direction' : 'directions'
  return `${rankTolerance > clearRank ? 'at least ' : ''}${rankChange} ${directions}`
}

/** For a button. */
export function addedInShort(suspect: SuspectReading): string {
  if (Number.isNaN(suspect.rankChange)) return 'errors hide what it adds'
  return isHidden(suspect) ? 'no direction stands out' : `${addedDirections(suspect)} added`
}

/** Whether no direction was found, and yet one may be there. */
const isHidden = ({ rankChange, imageChanged }: SuspectReading): boolean => rankChange === 0 && imageChanged !== 'no'

/** What a LoRA adds that is of higher rank than the layer it is added to; empty for one that is not. */
export const loraBeyond = ({ loraRank, hidden }: Pick<ApiLeakExperiment, 'loraRank' | 'hidden'>): string =>
  loraRank <= hidden
    ? ''
    : `The layer has ${hidden === 1 ? '1 column' : `${hidden} columns`}, so of rank ${loraRank} no more than ${hidden} can be added.`

const told = { yes: 'changed', no: 'did not change' } as const

/** `a`, `a and b`, `a, b, and c`. */
function joined(parts: readonly string[]): string {
  if (parts.length <= 2) return parts.join(' and ')
  return `${parts.slice(0, -1).join(', ')}, and ${parts.at(-1)}`
}
