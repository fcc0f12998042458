import { defineEstimator, type Estimator } from './contract.ts'
import { pairwiseReadings } from './pairwiseDensity.ts'
import { positiveParam } from './params.ts'

/** An entry of the registry for one of Kolchinsky and Tracey's bounds on the entropy of a mixture. */
export const kernelDensity = (
  { id, label, summary }: Pick<Estimator, 'id' | 'label' | 'summary'>,
  bound: 'upper' | 'lower',
): Estimator =>
  defineEstimator({
    id,
    label,
    summary,
    measure: 'shannon',
    accepts: ['activations'],
    params: {
      noise_var: positiveParam('\\sigma^2', 'noise variance', 'More noise: fewer states told apart.', 1e-3, [1e-5, 1]),
    },
    laws: ['permutes', 'dead-is-zero', 'at-most-log-n'],
    gaussianTolerance: null,
    cost: 'O(n² d)',
    affords: 1024,
    sources: [
      {
        cite: 'Kolchinsky & Tracey 2017',
        title: 'Estimating mixture entropy with pairwise distances',
        where: 'doi:10.3390/e19070361',
      },
    ],
    estimate: ({ T, labels }, { noise_var }) => pairwiseReadings(T, [labels], noise_var, bound)[0]!,
    estimateEach: (T, labelSets, { noise_var }) => pairwiseReadings(T, labelSets, noise_var, bound),
  })
