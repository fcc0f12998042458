import type { RankDecisions } from '../../math/bottleneck/rank.ts'
import type { PanelResult } from '../contract.ts'
import type { MatrixOffer } from '../matrixSource.ts'
import type { LaterDrop } from './commonLevel.ts'
import type { Comparison } from './comparisons.ts'
import type { RankExperiment } from './experiment.ts'
import type { PromptRanks } from './promptRanks.ts'

/** Where a matrix comes from. */
export interface SourceNumbers {
  /** File, and tensor; null for a made model. */
  readonly title: string | null
  /** What the file has to offer; empty without one. */
  readonly choices: readonly MatrixOffer[]
  /** How the entries of a brought matrix were rounded, and who says so; null for a made model. */
  readonly rounding: string | null
}

export interface RankNumbers extends RankDecisions, SourceNumbers {
  /** Largest first. */
  readonly singularValues: Float64Array
  readonly matrix: RankExperiment['view']
  /** Of the matrix, repeated rows left out. */
  readonly rows: number
  readonly cols: number
  /** Rows that repeated an earlier one, and were left out. */
  readonly repeats: number
  /** True where the largest gap only sets the common level of log-probabilities, the all-ones direction, apart. */
  readonly isFromLevel: boolean
  /** Where that is so: the largest drop behind the first value, if one halves the values. */
  readonly laterDrop: LaterDrop | null
  /** What weights in general position give; null where nothing bounds the rank, and for a brought matrix. */
  readonly expectedRank: number | null
  /** Standard deviation of the errors in the entries; null where there are none, or they are unknown. */
  readonly sigma: number | null
  /** σ(√V + √n): where the largest singular value of such errors lies. */
  readonly noiseEdge: number | null
  /** Singular values above a thousandth of the largest: what is more than a trace. */
  readonly aboveThousandth: number
  readonly stableRank: number
  readonly entropyRank: number
  /** Spectra that are laid under the main one, those computed so far. */
  readonly compared: readonly Comparison[]
  /** Of the first rows; null before it is computed, and for more rows than take a short while. */
  readonly promptRanks: PromptRanks | null
}

export type RankResult = RankNumbers & PanelResult

/** What the rows of the matrix are. */
export const rowsName = ({ title }: Pick<RankNumbers, 'title'>): string => (title === null ? 'prompts' : 'rows')
