import type { Measure } from '../../math/estimators/contract.ts'
import type { PanelResult } from '../contract.ts'
import type { LayerPicture } from './layerPicture.ts'
import type { EpochLog } from './measure.ts'

/** One network, from its seed. */
export interface PlaneRun {
  readonly seed: number
  readonly epochs: readonly EpochLog[]
  /** Time of training alone; milliseconds an epoch. */
  readonly millisecondsAnEpoch: number
  /** Why it stopped before its last epoch, or null. */
  readonly stopped: string | null
}

/** An estimator of the experiment. */
export interface PlaneEstimator {
  readonly id: string
  readonly label: string
  readonly measure: Measure
  /** How many samples it reads; log2 of it is the most that it can say. */
  readonly samples: number
  /** False where it has no I(X;T). */
  readonly readsInput: boolean
}

export interface InformationPlaneResult extends PanelResult {
  readonly runs: readonly PlaneRun[]
  /**
   * Bits: the most that I(X;T) and I(T;Y) can be. Readings by cells keep to both, KDE's of I(X;T) to log2 n; a difference
   * of bounds, such as KDE's I(T;Y), and neighbours keep to none.
   */
  readonly ceilings: { readonly log2n: number; readonly H_Y: number }
  readonly estimators: readonly PlaneEstimator[]
  /** Inputs, hidden layers, classes. */
  readonly widths: readonly number[]
  readonly samples: number
  /** Hidden layers of the first seed's network, by logged epoch and layer. */
  readonly pictures: readonly (readonly LayerPicture[])[]
  /** Classes of the samples that pictures draw. */
  readonly drawnLabels: readonly number[]
  /** As the labels say them, by class. */
  readonly classNames: readonly string[]
}

/** The last log at or before an epoch; the newest for null. */
export function logAt(epochs: readonly EpochLog[], epoch: number | null): EpochLog | undefined {
  return epoch === null ? epochs.at(-1) : epochs.findLast((log) => log.epoch <= epoch)
}

/** The networks that have come to a logged epoch: not one that is still learning, or that left the range of numbers before. */
export const runsAt = (runs: readonly PlaneRun[], epoch: number): readonly PlaneRun[] =>
  runs.filter(({ epochs }) => epochs.some((log) => log.epoch === epoch))

/** The index of the hidden layer that is looked at, from 0; the last one for null. */
export const layerIndex = ({ widths }: Pick<InformationPlaneResult, 'widths'>, layer: number | null): number =>
  Math.min(layer ?? Infinity, widths.length - 2) - 1

/** L1, L2, … for hidden layers; `out` for the last. */
export const layerName = ({ widths }: Pick<InformationPlaneResult, 'widths'>, index: number): string =>
  index === widths.length - 2 ? 'out' : `L${index + 1}`
