import { defineEstimator } from './contract.ts'
import { pairwiseReadings } from './pairwiseDensity.ts'
import { positiveParam } from './params.ts'

export const kdeUpperEstimator = defineEstimator({
  id: 'kde-upper',
  label: 'KDE upper bound',
  summary: 'Adds a little Gaussian noise and bounds the entropy of the mixture: at most this much information.',
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
  estimate: ({ T, labels }, { noise_var }) => pairwiseReadings(T, [labels], noise_var, 'upper')[0]!,
  estimateEach: (T, labelSets, { noise_var }) => pairwiseReadings(T, labelSets, noise_var, 'upper'),
})
