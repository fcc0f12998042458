import { DomainError } from '../../math/errors.ts'
import type { Estimator } from '../../math/estimators/contract.ts'
import { estimatorById } from '../../math/estimators/index.ts'
import type { EstimatorValues } from '../../math/estimators/params.ts'
import { labelsFrom, type Labels, type Samples } from '../../math/estimators/sample.ts'
import { rng } from '../../math/random/rng.ts'
import { shuffled } from '../../math/random/shuffled.ts'
import type { Activation } from '../../models/mlp/activations.ts'
import type { Dataset, EpochState } from '../../models/mlp/train.ts'
import { evaluate } from './evaluate.ts'
import type { EstimatorSetting } from './experiment.ts'
import { someOf } from './someOf.ts'

/** What one estimator reads of one layer, bits. */
export interface LayerReading {
  readonly I_XT: number
  readonly I_TY: number
  /** I(T;Y) of the same layer with the labels shuffled: what the estimator says of nothing. */
  readonly shuffled: number
  /** Why there is no reading, where there is none. */
  readonly problem?: string
}

export interface LayerState {
  readonly width: number
  /** Share of hidden activations beyond 0.95 in size. */
  readonly saturation: number
  readonly largest: number
  readonly weightNorm: number
}

/** Everything logged of an epoch. */
export interface EpochLog {
  readonly epoch: number
  /** Nats: the mean over the epoch's batches, each before its step; at epoch 0 over the training set. */
  readonly loss: number
  readonly trainAccuracy: number
  readonly testAccuracy: number
  /** Share of the last three hidden layers' activations, all of them together, that are beyond 0.95 in size. */
  readonly saturation: number
  /** From the first hidden layer to the output, by estimator id. */
  readonly layers: readonly Readonly<Record<string, LayerReading>>[]
  readonly states: readonly LayerState[]
}

/** However many samples there are, layers are read on at most this many. */
const measuredSamples = 8192

/** How many of n samples a setting reads. */
export const samplesRead = ({ id, params }: EstimatorSetting, n: number): number =>
  Math.min(n, measuredSamples, estimatorById(id)!.affords(params))

/** Which of n samples the layers are read on, ascending. */
export const measuredRows = (n: number): number[] => someOf(n, measuredSamples)

/** An epoch as it is logged, and the layers that were read, the output last. */
export interface Measured {
  readonly log: EpochLog
  readonly layers: readonly Samples[]
}

/** Reads every layer of a network with every estimator, in parts of some milliseconds. */
export function measurer(data: Dataset, settings: readonly EstimatorSetting[], activation: Activation) {
  const measured = measuredRows(data.labels.length)
  const given = measured.map((r) => data.labels[r]!)
  const mixed = shuffled(given, rng(1))
  const readers = settings.map((setting) => {
    const entry = estimatorById(setting.id)!
    const rows = someOf(measured.length, samplesRead(setting, measured.length))
    const labelSets = [given, mixed].map((labels) => labelsFrom(rows.map((r) => labels[r])))
    const params = fitted(setting, activation)
    return { id: setting.id, read: (T: Samples) => readingOf(entry, rowsOf(T, rows), labelSets, params) }
  })

  return function* ({ epoch, loss, network, trainOrder, trainCount, noise }: EpochState): Generator<null, Measured> {
    const { layers, spreads, right } = yield* evaluate(network, data, measured, noise?.())
    const readings: Record<string, LayerReading>[] = layers.map(() => ({}))
    for (const { id, read } of readers)
      for (const [l, T] of layers.entries()) {
        readings[l]![id] = read(T)
        yield null
      }
    const norms = network.weightNorms()
    const states = spreads.map((spread, l) => ({ width: network.widths[l + 1]!, ...spread, weightNorm: norms[l]! }))
    const late = states.slice(-3)
    const units = late.reduce((sum, { width }) => sum + width, 0)
    const log = {
      epoch,
      loss,
      ...accuracies(right, trainOrder, trainCount),
      saturation: late.reduce((sum, { saturation, width }) => sum + saturation * width, 0) / units,
      layers: readings,
      states,
    }
    return { log, layers }
  }
}

/** A setting's parameters; a resting value that is a word becomes that of the activation. */
export function fitted({ id, params }: EstimatorSetting, activation: Activation): EstimatorValues {
  const { idleParam } = estimatorById(id)!
  return idleParam !== undefined && typeof params[idleParam] === 'string'
    ? { ...params, [idleParam]: activation.idle }
    : params
}

/** Bits. An estimator that has no I(X;T) reads NaN there, and one that a layer breaks reads NaN and says why. */
function readingOf(entry: Estimator, T: Samples, labelSets: readonly Labels[], params: EstimatorValues): LayerReading {
  try {
    const [given, nothing] = entry.estimateEach(T, labelSets, params).map(({ nats }) => ({
      I_XT: (nats['I_XT'] ?? NaN) / Math.LN2,
      I_TY: (nats['I_TY'] ?? nats['I'] ?? NaN) / Math.LN2,
    }))
    return { ...given!, shuffled: nothing!.I_TY }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { I_XT: NaN, I_TY: NaN, shuffled: NaN, problem: error.message }
  }
}

function rowsOf({ rows: all, cols, values }: Samples, rows: readonly number[]): Samples {
  if (rows.length === all) return { rows: all, cols, values }
  const picked = new Float64Array(rows.length * cols)
  rows.forEach((r, k) => picked.set(values.subarray(r * cols, (r + 1) * cols), k * cols))
  return { rows: rows.length, cols, values: picked }
}

/** Shares of right answers among the samples trained on, and among the rest. */
function accuracies(right: Uint8Array, order: Int32Array, trainCount: number) {
  let [train, test] = [0, 0]
  order.forEach((sample, i) => {
    if (i < trainCount) train += right[sample]!
    else test += right[sample]!
  })
  const testCount = order.length - trainCount
  return { trainAccuracy: train / trainCount, testAccuracy: testCount > 0 ? test / testCount : NaN }
}
