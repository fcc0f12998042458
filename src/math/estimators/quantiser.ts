import { defineEstimator, type Estimator, type EstimatorEntry } from './contract.ts'
import type { EstimatorSpecs, EstimatorValuesOf } from './params.ts'
import type { Labels, Samples } from './sample.ts'
import { readStates, statesOf } from './states.ts'

/** What tells one estimator by cells from another. */
interface Quantiser<S extends EstimatorSpecs> extends Pick<
  EstimatorEntry<S, 'activations'>,
  'id' | 'label' | 'summary' | 'params' | 'idleParam' | 'sources' | 'cellEdges'
> {
  /** Default `O(n d)`. */
  readonly cost?: string
  /** The cell that a value of T falls in. */
  readonly cellIn: (T: Samples, params: EstimatorValuesOf<S>) => (value: number) => number
}

/**
 * Plug-in information of activations cut into cells: rows of equal cells are one state. T is cut once, for however many
 * sets of labels.
 */
export function quantiser<const S extends EstimatorSpecs>({ cellIn, ...entry }: Quantiser<S>): Estimator {
  const read = (T: Samples, labelSets: readonly Labels[], params: EstimatorValuesOf<S>) => {
    const states = statesOf(T.values.map(cellIn(T, params)), T.rows, T.cols)
    return labelSets.map((labels) => readStates(states, labels))
  }
  return defineEstimator<S, 'activations'>({
    measure: 'shannon',
    accepts: ['activations'],
    laws: ['permutes', 'nonnegative', 'dead-is-zero', 'at-most-log-n'],
    gaussianTolerance: null,
    cost: 'O(n d)',
    ...entry,
    estimate: ({ T, labels }, params) => read(T, [labels], params)[0]!,
    estimateEach: read,
  })
}
