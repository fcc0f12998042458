import type { WinnerCell } from '../../math/bottleneck/winnerCells.ts'
import type { Face } from '../../math/linalg/hulls.ts'
import type { PanelResult } from '../contract.ts'
import type { MatrixOffer } from '../matrixSource.ts'

/** By the token's number, as text. */
type ByToken<T> = Readonly<Record<string, T>>

/** How many tokens were decided by what. */
export interface Decided {
  /** They win at their own row. */
  readonly ownRow: number
  /** They win where reflections led. */
  readonly reflection: number
  /** They win where least squares pointed. */
  readonly leastSquares: number
  /** Others enclose them: they can never win. */
  readonly enclosed: number
  readonly undecided: number
}

/** How long rows are, less the mean row, among those that can win and those that cannot. */
export interface LengthBins {
  /** One more than counts. */
  readonly edges: readonly number[]
  readonly canWin: readonly number[]
  readonly never: readonly number[]
}

/** Random layers of one size in d dimensions. */
export interface ShareAt {
  readonly d: number
  /** Tokens that can never win. */
  readonly count: number
  readonly share: number
}

export interface ArgmaxGeometryResult extends PanelResult {
  readonly title: string
  readonly tokens: number
  readonly dimensions: number
  /** Rows after the cure, row-major, and biases; null for a layer too large to look at one token of. */
  readonly W: Float64Array | null
  readonly b: Float64Array | null
  /** Tokens that were tested so far; the lists below are of these. */
  readonly tested: number
  readonly unargmaxable: readonly number[]
  readonly undecided: readonly number[]
  readonly decided: Decided
  /** Of each token that can never win: the others in whose hull it lies, how they average to it, and the error of that. */
  readonly enclosedBy: ByToken<readonly number[]>
  readonly weights: ByToken<readonly number[]>
  readonly error: ByToken<number>
  /** The largest probability that any hidden state gives it; of a large layer for the first such tokens only. */
  readonly ceiling: ByToken<number>
  /** An upper bound of that by the weights alone. */
  readonly bound: ByToken<number>
  /**
   * Of each token that can win: a hidden state where it does, and its lead in logits there, rounding taken off; empty for
   * a large layer.
   */
  readonly winsAt: ByToken<readonly number[]>
  readonly margin: ByToken<number>
  /** No winner leads by less at its state (of a large layer a lower bound of that); null where there is none. */
  readonly smallestMargin: number | null
  /** No enclosure is off by more; null where there is none. */
  readonly largestError: number | null
  /** Half the side of what a picture shows. */
  readonly reach: number
  /** Corners in the plane, counter-clockwise. */
  readonly hull: readonly number[]
  /** Triangles in space. */
  readonly faces: readonly Face[]
  /** Where each token wins, in the plane. */
  readonly cells: readonly WinnerCell[]
  readonly lengths: LengthBins
  /** Groups of tokens with the same row. */
  readonly repeats: readonly (readonly number[])[]
  readonly shareByD: readonly ShareAt[]
  readonly shareVocabulary: number
  readonly choices: readonly MatrixOffer[]
}

export type Numbers = Omit<ArgmaxGeometryResult, keyof PanelResult>

/** Whether a layer is drawn as points. */
export const isDrawn = ({ dimensions, W }: Pick<Numbers, 'dimensions' | 'W'>): boolean =>
  (dimensions === 2 || dimensions === 3) && W !== null
