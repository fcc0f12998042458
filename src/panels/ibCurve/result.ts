import type { ClusterGain } from '../../math/informationBottleneck/clusterGains.ts'
import type { PanelResult } from '../contract.ts'
import type { ClosedForm } from './closedFormOf.ts'
import type { CouplingView, RatePoint } from './couplingView.ts'

/** A cluster in use. */
export interface Cluster {
  /** p(t). */
  readonly mass: number
  /** Mean of y's number under p(y|t), from 0 to ny − 1: where it points. */
  readonly position: number
}

/** A point of the curve, bits. */
export interface CurvePoint {
  readonly beta: number
  readonly I_XT: number
  readonly I_TY: number
  /** Not below −1e-9 bits: no better encoder exists. */
  readonly certificate: number
  /** Clusters that say different things of y. */
  readonly clusters: number
  /** q(t|x), a row for each x, a column for each of `parts`. */
  readonly encoder: readonly (readonly number[])[]
  /** The columns of the encoder: those that say the same are one, those without mass are left out; by position. */
  readonly parts: readonly Cluster[]
}

/** The best hard clustering at a β, bits. */
export interface HardPoint {
  readonly beta: number
  readonly H_T: number
  readonly I_TY: number
  readonly labels: readonly number[]
}

export interface IbCurveResult extends PanelResult {
  /** From the smallest β to the largest, as far as they are computed: the largest come first. */
  readonly points: readonly [CurvePoint, ...CurvePoint[]]
  /** The smallest β and the largest, of those computed and those to come. */
  readonly span: readonly [low: number, high: number]
  readonly dib: readonly HardPoint[]
  /** The hard points are the best of all clusterings; else of those that greedy merging meets. */
  readonly hardIsExact: boolean
  /** From this β on something is worth keeping; Infinity where x says nothing of y. */
  readonly onset: number
  /** Where the best T gains clusters, ascending, as far as they are found. */
  readonly gains: readonly ClusterGain[]
  /**
   * Where the clusters of one branch lose local stability, from 1 / σ₂² on: the best T may gain its clusters earlier,
   * later or elsewhere.
   */
  readonly criticalBetas: readonly number[]
  /** Bits: what there is to know. */
  readonly ceilings: { readonly H_X: number; readonly H_Y: number; readonly I_XY: number }
  /** Drawn over where the joint is one of those whose curve is known. */
  readonly closedForm: ClosedForm | null
  readonly coupling: CouplingView
}

/** The computed point nearest to β on its log scale. */
export function nearestPoint(points: IbCurveResult['points'], beta: number): CurvePoint {
  const distance = (point: CurvePoint) => Math.abs(Math.log(point.beta / beta))
  return points.reduce((best, point) => (distance(point) < distance(best) ? point : best))
}

export function nearestRate(points: CouplingView['points'], rate: number): RatePoint {
  return points.reduce((best, point) => (Math.abs(point.rate - rate) < Math.abs(best.rate - rate) ? point : best))
}
