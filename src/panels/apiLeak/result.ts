import type { OutputMove, ReadingStrategy } from '../../math/bottleneck/outputMoves.ts'
import type { PanelResult } from '../contract.ts'
import type { GuardId } from './guards.ts'
import type { SuspectId } from './suspects.ts'

/** The first prompt, read move by move. */
export interface Reading {
  /** ln p of every token: only the emulation knows it. */
  readonly truth: readonly number[]
  readonly moves: readonly OutputMove[]
  /** ln p̂ of every token after all moves; NaN where lost. */
  readonly recovered: readonly number[]
}

/** What a formula gives at one bias, on the first prompt. */
export interface FormulaError {
  readonly bias: number
  /** Largest |ln p̂ − ln p| of the tokens that came back, nats; NaN if none did. */
  readonly error: number
  /** Share of the biased tokens that came back with a number; 1 if the plain call showed them all. */
  readonly back: number
}

export interface Stability {
  readonly oneToken: readonly FormulaError[]
  readonly topK: readonly FormulaError[]
  readonly anchored: readonly FormulaError[]
  /** The same at the bias that is set. */
  readonly here: {
    readonly oneToken: FormulaError
    readonly topK: FormulaError
    readonly anchored: FormulaError
  }
}

/** Tokens that fix a whole output, once the image is known. */
export interface Shortcut {
  readonly reference: number
  /** Of each move. */
  readonly tokens: readonly (readonly number[])[]
  readonly calls: number
  /** How much the errors of the replies can grow. */
  readonly condition: number
  /** Largest |ln p̂ − ln p| of the rebuilt output, nats; NaN where a token did not come back. */
  readonly error: number
}

/** Below this tilt any direction that errors hide is ten times weaker than the weakest that was found. */
export const clearTilt = 0.1

/** What is known after some outputs. */
export interface Growth {
  readonly outputs: number
  /** Outputs with a gap, of which nothing can be made. */
  readonly lost: number
  readonly calls: number
  /** Of the centred outputs, largest first. */
  readonly singularValues: readonly number[]
  /** What errors alone can reach. */
  readonly edge: number
  /** Singular values above the edge. */
  readonly rank: number
  /** The rank, once an output has added nothing to it; null before. */
  readonly found: number | null
  /** How far errors can tilt the image; above {@link clearTilt} a weaker direction may be hidden. NaN if none was found. */
  readonly tilt: number
  /** ‖c − P c‖ / ‖c‖ of an output that was not collected, and what errors alone can make of it. */
  readonly residual: number
  readonly residualLimit: number
  /** ‖W − L G‖ / ‖W‖ for the best map G: the output layer, as far as anyone outside can know it. */
  readonly layerMismatch: number
  readonly shortcut: Shortcut | null
}

export interface Campaign {
  /** For 1, 2, 3, … outputs. */
  readonly growth: readonly Growth[]
  /** ln p of the output that was not collected: only the emulation knows it. */
  readonly heldOut: readonly number[]
  /** Calls that read it whole. */
  readonly heldOutCalls: number
}

/** Below this tolerance a rank change is taken as it is. */
export const clearRank = 1e-3

/** `unclear` where errors could hide a change. */
export type Verdict = 'yes' | 'no' | 'unclear'

export interface SuspectReading {
  readonly id: SuspectId
  readonly label: string
  /** Largest difference of the first prompt's log-probabilities, nats, and what errors alone can make. */
  readonly difference: number
  readonly differenceLimit: number
  readonly outputsChanged: Verdict
  /** Of its first output against the first model's image. */
  readonly residual: number
  readonly residualLimit: number
  readonly imageChanged: Verdict
  /** Dimensions that its outputs add to the image; NaN where errors hide it. */
  readonly rankChange: number
  /** Sine of the angle below which a direction counts as the same; above {@link clearRank} some may be missed. */
  readonly rankTolerance: number
  /** For one output, which decides; and for as many as the image took. */
  readonly calls: number
  readonly callsForRank: number
}

/** What one guard, alone on the interface, costs the attacker. */
export interface GuardCost {
  /** Null: no guard. */
  readonly id: GuardId | null
  readonly strategy: ReadingStrategy
  /** For one output. */
  readonly calls: number
  /** Share of its tokens that are known then. */
  readonly seen: number
  /** Largest error of those, nats. */
  readonly error: number
  /** The hidden size that all outputs together show, or null. */
  readonly found: number | null
  /** As in {@link Growth}. */
  readonly tilt: number
  /** Calls for the outputs that first showed it; NaN if nothing was found. */
  readonly callsToFind: number
}

/** Parts that come later are null until then, or where the interface gives nothing to make them of. */
export interface ApiLeakResult extends PanelResult {
  readonly strategy: ReadingStrategy
  readonly reading: Reading
  readonly stability: Stability | null
  readonly campaign: Campaign | null
  readonly suspects: readonly SuspectReading[] | null
  readonly guardCosts: readonly GuardCost[] | null
}
