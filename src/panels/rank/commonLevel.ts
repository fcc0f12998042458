import { rankDecisions, type RankDecisions } from '../../math/bottleneck/rank.ts'
import { rowOf, type Matrix } from '../../math/linalg/matrix.ts'
import type { RankExperiment } from './experiment.ts'
import { foundRank } from './remainder.ts'

/** A drop of the values behind the first one. */
export interface LaterDrop {
  /** Index of the value that it is behind, counted from 1 over all values. */
  readonly behind: number
  /** Of ln s. */
  readonly logGap: number
}

/** ‖A 1‖ / √V is at most s₁, and is all of it where the first direction is the all-ones one. */
const leastShare = 0.9

/**
 * Whether the largest drop is only that from the common level of log-probabilities, near −ln V in every entry, to what
 * differs between them: no rank is read there.
 * @param s  its singular values
 */
export function dropsFromCommonLevel(
  view: RankExperiment['view'],
  matrix: Matrix,
  s: Float64Array,
  decisions: RankDecisions,
): boolean {
  if (view !== 'log-probabilities' || decisions.rankGap !== 1 || foundRank(decisions) < 2) return false
  let sum = 0
  for (let r = 0; r < matrix.rows; r++) sum += rowOf(matrix, r).reduce((total, x) => total + x, 0) ** 2
  return Math.sqrt(sum / matrix.cols) > leastShare * s[0]!
}

/** The largest drop that is not from the first value; null where none halves the values. */
export function laterDrop(s: Float64Array): LaterDrop | null {
  const { rankGap, logGap } = rankDecisions(s.subarray(1), s.length, s.length)
  return rankGap === null || logGap === null || logGap < Math.LN2 ? null : { behind: rankGap + 1, logGap }
}
