import { tokenLabel } from './tokenLabel.ts'

/** Letters of a name on an axis, and the most pixels that it takes. */
const mostLetters = 8
const longest = 56
/** Pixels from one line of names to the next, and the fewest between two names of a line, which else read as one. */
const line = 10
const between = 1.5
/** About, of a name of 11 pixels; East Asian letters are as wide as high. */
const widthOf = (letter: string): number =>
  letter >= '\u2E80'
    ? 11
    : /[mw␣]/.test(letter)
      ? 9
      : /[A-Z]/.test(letter)
        ? 7.5
        : /[fijlrt1.,:;'!]/.test(letter)
          ? 3.7
          : 6.4

/** A token as an axis names it: eight letters at most. */
export function axisName(token: string): string {
  const letters = Array.from(tokenLabel(token))
  return letters.length > mostLetters ? `${letters.slice(0, mostLetters - 1).join('')}…` : letters.join('')
}

/** Pixels that a name on an axis takes, about. */
const nameWidth = (token: string): number =>
  Math.min(
    longest,
    Array.from(axisName(token)).reduce((sum, letter) => sum + widthOf(letter), 0),
  )

const widest = (tokens: readonly string[]): number =>
  Math.ceil(tokens.reduce((most, token) => Math.max(most, nameWidth(token)), 0))

/** How the names of tokens fit along an axis. */
export interface NameAxis {
  /** One of so many is named; 1 is all. */
  readonly every: number
  /** Whether they are written upwards, as they would overlap. */
  readonly turned: boolean
  /** Pixels from the axis to their far end. */
  readonly depth: number
}

/** The middle of a level name, from where the first column begins. A wide first one reaches out to the left, where nothing is. */
export const levelMiddle = (token: string, i: number, step: number): number =>
  i === 0 ? Math.min(step / 2, step - nameWidth(token) / 2) : (i + 0.5) * step

/** Whether level names stand apart, and the first one reaches no further than a column to the left. */
function standApart(tokens: readonly string[], step: number): boolean {
  let end = -step
  return tokens.every((token, i) => {
    const [middle, half] = [levelMiddle(token, i, step), nameWidth(token) / 2]
    const apart = middle - half >= end
    end = middle + half + between
    return apart
  })
}

/** Names under columns. @param step  pixels from one token to the next */
export function namesBelow(tokens: readonly string[], step: number): NameAxis {
  return step >= line && standApart(tokens, step)
    ? { every: 1, turned: false, depth: line + 2 }
    : { every: Math.max(1, Math.ceil(line / step)), turned: true, depth: widest(tokens) + 2 }
}

/** Names left of rows. @param step  pixels from one token to the next */
export const namesBeside = (tokens: readonly string[], step: number): NameAxis => ({
  every: Math.max(1, Math.ceil(line / step)),
  turned: false,
  depth: widest(tokens) + 4,
})
