import { callsPerOutput } from '../../math/bottleneck/apiRecovery.ts'
import type { OutputMove } from '../../math/bottleneck/outputMoves.ts'
import type { PanelResult } from '../contract.ts'
import { largestDifference } from './emulation.ts'
import type { ApiLeakExperiment } from './experiment.ts'
import { clearTilt, type ApiLeakResult, type Growth, type Shortcut, type SuspectReading } from './result.ts'

export type Numbers = Omit<ApiLeakResult, keyof PanelResult>

/** What the attacker has of the first prompt after the moves that were made. */
export interface Known {
  readonly made: readonly OutputMove[]
  /** The move made last, or null. */
  readonly last: OutputMove | null
  /** ln p̂ by token; NaN where it is not known. */
  readonly values: readonly number[]
  readonly seen: number
  /** Tokens that were asked for and did not come back, or came back useless. */
  readonly lost: number
  readonly calls: number
  /** Largest error so far, nats. */
  readonly error: number
  /** The first move that was not made, or null. */
  readonly next: number | null
}

export function knownOf({ asked }: ApiLeakExperiment, { reading }: Numbers): Known {
  const { moves, truth, recovered } = reading
  const made = asked.flatMap((index) => moves[index] ?? [])
  const tokens = made.flatMap((move) => move.tokens)
  const values = truth.map(() => NaN)
  for (const token of tokens) values[token] = recovered[token]!
  const seen = tokens.filter((token) => !Number.isNaN(recovered[token]!)).length
  const next = moves.findIndex((_, index) => !asked.includes(index))
  return {
    made,
    last: made.at(-1) ?? null,
    values,
    seen,
    lost: tokens.length - seen,
    calls: made.reduce((sum, { calls }) => sum + calls, 0),
    error: largestDifference(values, truth),
    next: next < 0 ? null : next,
  }
}

/** What is known after the outputs collected so far; null for none, or before they were emulated. */
export function growthOf({ collected }: ApiLeakExperiment, { campaign }: Numbers): Growth | null {
  if (campaign === null || collected === 0) return null
  return campaign.growth[Math.min(collected, campaign.growth.length) - 1] ?? null
}

/** Whether the certificate holds: an output never collected lies in the image, and errors are too small to hide a direction. */
export const isClear = ({ tilt, residual, residualLimit }: Growth): boolean =>
  tilt <= clearTilt && residual <= residualLimit

/** The least number of outputs that shows the hidden size, or null if none does. */
export const outputsNeeded = ({ campaign }: Numbers): number | null =>
  campaign?.growth.find(({ found }) => found !== null)?.outputs ?? null

/** Whether no number of these outputs gives an image, so that nothing can be held against it. */
export const hasNoImage = ({ campaign }: Numbers): boolean =>
  campaign !== null && (campaign.growth.at(-1)?.found ?? null) === null

/** How far the shortcut was taken. */
export interface Taken {
  readonly shortcut: Shortcut
  /** Moves made, at most those there are. */
  readonly moves: number
  readonly calls: number
  readonly tokens: readonly number[]
  readonly isWhole: boolean
}

export function takenOf({ rebuilt }: ApiLeakExperiment, growth: Growth | null): Taken | null {
  const shortcut = growth?.shortcut ?? null
  if (shortcut === null) return null
  const all = shortcut.tokens.length
  const moves = Math.min(rebuilt, all)
  return {
    shortcut,
    moves,
    // Every move takes as many calls.
    calls: all === 0 ? 0 : (shortcut.calls * moves) / all,
    tokens: shortcut.tokens.slice(0, moves).flat(),
    isWhole: all > 0 && moves === all,
  }
}

export const suspectOf = ({ suspect }: ApiLeakExperiment, { suspects }: Numbers): SuspectReading | null =>
  suspects?.find(({ id }) => id === suspect) ?? null

/** A model of the size that gpt-3.5-turbo is reported to have, behind an interface that shows five. */
export const largeModel = { vocabulary: 100_277, hidden: 4096, top: 5 } as const

export interface Spent {
  readonly calls: number
  readonly dollars: number
  /** The image of {@link largeModel} by the anchored formula, at the same price. */
  readonly large: { readonly calls: number; readonly dollars: number }
}

/** The first prompt is the first of the outputs that are collected: its calls count once. */
export function spentOf(experiment: ApiLeakExperiment, numbers: Numbers): Spent {
  const growth = growthOf(experiment, numbers)
  const calls = (growth?.calls ?? knownOf(experiment, numbers).calls) + (takenOf(experiment, growth)?.calls ?? 0)
  const { vocabulary, hidden, top } = largeModel
  const many = hidden * callsPerOutput('anchored', vocabulary, hidden, top)
  const dollars = (count: number) => (count / 1000) * experiment.price
  return { calls, dollars: dollars(calls), large: { calls: many, dollars: dollars(many) } }
}
