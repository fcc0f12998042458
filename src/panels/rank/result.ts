import type { RankDecisions } from '../../math/bottleneck/rank.ts'
import type { PanelResult } from '../contract.ts'
import type { RankExperiment } from './experiment.ts'
import type { PromptRanks } from './promptRanks.ts'

export interface RankNumbers extends RankDecisions {
  /** Largest first. */
  readonly singularValues: Float64Array
  readonly matrix: RankExperiment['view']
  /** Of the matrix, repeated rows left out. */
  readonly rows: number
  readonly cols: number
  /** Rows that repeated an earlier one, and were left out. */
  readonly repeats: number
  /** What weights in general position give; null where nothing bounds the rank, and for a brought matrix. */
  readonly expectedRank: number | null
  /** Standard deviation of the errors in the entries; null where there are none, or they are unknown. */
  readonly sigma: number | null
  /** σ(√V + √n): where the largest singular value of such errors lies. */
  readonly noiseEdge: number | null
  readonly stableRank: number
  readonly entropyRank: number
  /** Of the file; null for a made model. */
  readonly title: string | null
  /** Of the first rows; null before it is computed, and for more rows than take a short while. */
  readonly promptRanks: PromptRanks | null
}

export type RankResult = RankNumbers & PanelResult
