import { lowRankError } from '../../math/linalg/lowRankError.ts'
import type { RankExperiment } from './experiment.ts'
import type { RankNumbers } from './result.ts'

/** What the r strongest directions leave of a matrix: the distance of the nearest matrix of rank r, and a proof of it. */
export interface Remainder {
  /** r. */
  readonly directions: number
  /** Frobenius norm of what is left, in the unit of the entries. */
  readonly distance: number
  /** Of the norm of the matrix, 0 to 1. */
  readonly share: number
  /** What errors of the known size alone would leave, about; null where that size is unknown. */
  readonly ofErrors: number | null
}

/** The rank by the rule that decides: above the noise where it is known, else by float64's tolerance. */
export const foundRank = ({ rankAboveNoise, rankTol }: Pick<RankNumbers, 'rankAboveNoise' | 'rankTol'>): number =>
  rankAboveNoise ?? rankTol

/**
 * At the r that is looked at. Errors of deviation σ that are independent of the r directions keep (n − r)(V − r) of
 * their nV degrees of freedom behind them.
 */
export function remainderAt({ directions }: Pick<RankExperiment, 'directions'>, numbers: RankNumbers): Remainder {
  const { singularValues, rows, cols, sigma } = numbers
  const r = Math.min(directions ?? foundRank(numbers), rows, cols)
  return {
    directions: r,
    ...lowRankError(singularValues, r),
    ofErrors: sigma === null ? null : sigma * Math.sqrt((rows - r) * (cols - r)),
  }
}
