import { entropyCeiling } from '../../math/bottleneck/probabilityCeiling.ts'
import type { OutputTokens } from '../../math/bottleneck/outputTokens.ts'
import type { TokenVerdict } from '../../math/bottleneck/unargmaxable.ts'
import type { Decided, LengthBins, Numbers } from './result.ts'

/** Beyond so many entries states are not part of the result: they go to an array. */
export const smallLayer = 20_000
/** Beyond so many entries they are not kept at all: 32 MB. */
const mostStates = 4_000_000
const bins = 24

type Found = Pick<
  Numbers,
  | 'tested'
  | 'unargmaxable'
  | 'undecided'
  | 'decided'
  | 'enclosedBy'
  | 'weights'
  | 'error'
  | 'bound'
  | 'winsAt'
  | 'margin'
  | 'smallestMargin'
  | 'largestError'
  | 'lengths'
>

const decisions = { 'own row': 'ownRow', reflection: 'reflection', 'least squares': 'leastSquares' } as const

/** Gathers verdicts, token after token from 0. */
export function createFindings(tokens: OutputTokens) {
  const { count, dimension } = tokens
  const isSmall = count * dimension <= smallLayer
  const unargmaxable: number[] = []
  const undecided: number[] = []
  const decided: { -readonly [Key in keyof Decided]: number } = {
    ownRow: 0,
    reflection: 0,
    leastSquares: 0,
    enclosed: 0,
    undecided: 0,
  }
  const enclosedBy: Record<string, readonly number[]> = {}
  const weights: Record<string, number[]> = {}
  const error: Record<string, number> = {}
  const bound: Record<string, number> = {}
  const winsAt: Record<string, number[]> = {}
  const margin: Record<string, number> = {}
  const states = count * dimension <= mostStates ? new Float64Array(count * dimension).fill(NaN) : null
  const lengths = Float64Array.from({ length: count }, (_, token) => tokens.length(token))
  const longest = lengths.reduce((max, length) => Math.max(max, length), 0)
  const edges = Array.from({ length: bins + 1 }, (_, k) => (k * longest) / bins)
  const [canWin, never] = [new Float64Array(bins), new Float64Array(bins)]
  let [tested, smallestMargin, largestError] = [0, Infinity, -Infinity]

  return {
    isSmall,
    /** @param verdict  of the next token */
    add(verdict: TokenVerdict): void {
      const token = tested++
      const bin = longest === 0 ? 0 : Math.min(bins - 1, Math.floor((lengths[token]! / longest) * bins))
      if (verdict.kind === 'argmaxable') {
        decided[decisions[verdict.foundBy]]++
        canWin[bin]!++
        // The verdict's is a quick bound; the lead itself costs a pass over all rows.
        const lead = isSmall ? Math.max(verdict.margin, tokens.winningMargin(token, verdict.hidden)) : verdict.margin
        smallestMargin = Math.min(smallestMargin, lead)
        states?.set(verdict.hidden, token * dimension)
        if (!isSmall) return
        winsAt[token] = [...verdict.hidden]
        margin[token] = lead
      } else if (verdict.kind === 'unargmaxable') {
        decided.enclosed++
        never[bin]!++
        unargmaxable.push(token)
        enclosedBy[token] = verdict.enclosedBy
        weights[token] = [...verdict.weights]
        error[token] = verdict.error
        bound[token] = entropyCeiling(verdict.weights)
        largestError = Math.max(largestError, verdict.error)
      } else {
        decided.undecided++
        undecided.push(token)
      }
    },
    /** A state for each token that can win, shape [V, d], NaN for the others; null where that is too much to keep. */
    states,
    /** What was found so far; a copy of what still grows. */
    found: (): Found => ({
      tested,
      unargmaxable: [...unargmaxable],
      undecided: [...undecided],
      decided: { ...decided },
      enclosedBy: { ...enclosedBy },
      weights: { ...weights },
      error: { ...error },
      bound: { ...bound },
      winsAt: { ...winsAt },
      margin: { ...margin },
      smallestMargin: smallestMargin === Infinity ? null : smallestMargin,
      largestError: largestError === -Infinity ? null : largestError,
      lengths: lengthBins(edges, canWin, never),
    }),
  }
}

const lengthBins = (edges: readonly number[], canWin: Float64Array, never: Float64Array): LengthBins => ({
  edges,
  canWin: [...canWin],
  never: [...never],
})
