import { DomainError, ShapeError } from '../errors.ts'
import type { Source } from '../normalizers/contract.ts'
import type { EstimatorSpecs, EstimatorValues, EstimatorValuesOf } from './params.ts'
import type { Labels, Sample, Samples } from './sample.ts'

/**
 * `shannon`: an estimate of, or a bound on, Shannon information. `renyi`, `cauchy-schwarz`: another quantity, with
 * another scale: never drawn on one axis with Shannon information without saying so.
 */
export type Measure = 'shannon' | 'renyi' | 'cauchy-schwarz'

/**
 * A promise, held by the contract test. `permutes`: reordering the samples changes nothing. `nonnegative`: no reading
 * of information is below 0. `dead-is-zero`: a constant T tells nothing: information 0, never NaN.
 * `at-most-log-n`: information never exceeds ln n. `lower-bound`: in expectation, at most the true information.
 */
export type EstimatorLaw = 'permutes' | 'nonnegative' | 'dead-is-zero' | 'at-most-log-n' | 'lower-bound'

/** What an estimator gives: information and entropies in nats, by the field's names (`H_T`, `I_XT`, `I_TY`, `I`, …). */
export interface Reading {
  readonly nats: Readonly<Record<string, number>>
  /** Plain counts, such as `n_states`. */
  readonly counts?: Readonly<Record<string, number>>
}

export interface EstimatorEntry<S extends EstimatorSpecs, K extends Sample['kind']> {
  /** Saved in links: never renamed, never reused. */
  readonly id: string
  readonly label: string
  /** One plain sentence: what it does to the samples. */
  readonly summary: string
  readonly measure: Measure
  readonly accepts: readonly K[]
  readonly params: S
  readonly laws: readonly EstimatorLaw[]
  /**
   * How far its answer may lie from −½ ln(1 − ρ²) for 1000 pairs of Gaussians of correlation ρ = 0.6, at the defaults;
   * nats. Null where it estimates something else.
   */
  readonly gaussianTolerance: number | null
  /** How the time grows with n samples of d dimensions: `O(n² d)`. */
  readonly cost: string
  /** The most samples that it can hold. */
  readonly mostSamples?: number
  /** The most samples that are worth its time in a picture that moves, where it cannot read thousands. */
  readonly affords?: number | ((params: EstimatorValuesOf<S>) => number)
  /** The parameter that holds the value at which a layer's units rest, or a word for that of their activation. */
  readonly idleParam?: keyof S & string
  readonly sources: readonly [Source, ...Source[]]
  /** Where the cells that it cuts T's values into meet, ascending: for drawing. */
  readonly cellEdges?: (T: Samples, params: EstimatorValuesOf<S>) => Float64Array
  readonly estimate: (sample: Extract<Sample, { kind: K }>, params: EstimatorValuesOf<S>) => Reading
  /** Reads one T against several sets of labels, at less than the cost of as many estimates. */
  readonly estimateEach?: (T: Samples, labelSets: readonly Labels[], params: EstimatorValuesOf<S>) => readonly Reading[]
}

export interface Estimator extends Omit<
  EstimatorEntry<EstimatorSpecs, Sample['kind']>,
  'estimate' | 'estimateEach' | 'affords' | 'cellEdges'
> {
  /**
   * @throws DomainError if it does not take this kind of sample, or the samples break it, or a reading leaves the range
   * of numbers; ShapeError if lengths differ
   */
  readonly estimate: (sample: Sample, params: EstimatorValues) => Reading
  /** The readings of one T against several sets of labels, such as the true ones and a shuffle. @throws as `estimate` */
  readonly estimateEach: (T: Samples, labelSets: readonly Labels[], params: EstimatorValues) => readonly Reading[]
  /** Where the cells that it cuts T's values into meet, ascending; none where it has no cells. */
  readonly cellEdges: (T: Samples, params: EstimatorValues) => Float64Array
  /** The most samples that are worth its time in a picture that moves. */
  readonly affords: (params: EstimatorValues) => number
}

/** Wraps an entry with the checks that all estimators share. */
export function defineEstimator<const S extends EstimatorSpecs, const K extends Sample['kind']>(
  entry: EstimatorEntry<S, K>,
): Estimator {
  const accepted = (sample: Sample): sample is Extract<Sample, { kind: K }> =>
    entry.accepts.some((kind) => kind === sample.kind)
  const estimate: Estimator['estimate'] = (sample, params) => {
    if (!accepted(sample))
      throw new DomainError(
        `${entry.id}: it takes ${entry.accepts.map((kind) => shapeOf[kind]).join(' or ')}, and was given ${shapeOf[sample.kind]}`,
      )
    fitting(entry, sample)
    return finiteReading(entry.id, entry.estimate(sample, params as EstimatorValuesOf<S>))
  }
  const { affords = Infinity, cellEdges, estimateEach } = entry
  return {
    ...entry,
    estimate,
    estimateEach(T, labelSets, params) {
      if (!estimateEach) return labelSets.map((labels) => estimate({ kind: 'activations', T, labels }, params))
      for (const labels of labelSets) fitting(entry, { kind: 'activations', T, labels })
      return estimateEach(T, labelSets, params as EstimatorValuesOf<S>).map((reading) =>
        finiteReading(entry.id, reading),
      )
    },
    cellEdges: (T, params) => cellEdges?.(T, params as EstimatorValuesOf<S>) ?? new Float64Array(),
    affords: (params) => (typeof affords === 'number' ? affords : affords(params as EstimatorValuesOf<S>)),
  }
}

const shapeOf: Record<Sample['kind'], string> = {
  activations: '{"T", "labels"}',
  pair: '{"X", "Y"}',
  critic: '{"S"}',
  counts: '{"counts"}',
}

/** Every reading is a number; an entropy alone may be −∞: that of a layer that says nothing. */
function finiteReading(id: string, reading: Reading): Reading {
  for (const [name, value] of Object.entries(reading.nats))
    if (!Number.isFinite(value) && !(value === -Infinity && name.startsWith('H')))
      throw new DomainError(
        `${id}: ${name} leaves the range of numbers; scale the samples, or choose parameters nearer to 1`,
      )
  return reading
}

function fitting({ id, mostSamples = Infinity }: Pick<Estimator, 'id' | 'mostSamples'>, sample: Sample): void {
  const n = sample.kind === 'activations' ? sample.T.rows : sample.kind === 'pair' ? sample.X.rows : 0
  if (n > mostSamples)
    throw new DomainError(`${id}: ${n} samples would fill a matrix of ${n} × ${n}; it takes at most ${mostSamples}`)

  if (sample.kind === 'activations' && sample.T.rows !== sample.labels.of.length)
    throw new ShapeError(
      `${id}: T has ${sample.T.rows} rows and labels ${sample.labels.of.length}; they must be as many`,
    )
  if (sample.kind === 'pair' && sample.X.rows !== sample.Y.rows)
    throw new ShapeError(`${id}: X has ${sample.X.rows} rows and Y ${sample.Y.rows}; they must be as many`)
  if (sample.kind === 'critic' && sample.S.rows !== sample.S.cols)
    throw new ShapeError(`${id}: S is ${sample.S.rows} × ${sample.S.cols}; it must be square`)
}
