import { defineEstimator } from './contract.ts'
import { pairwiseReading } from './pairwiseDensity.ts'
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
  sources: [
    {
      cite: 'Kolchinsky & Tracey 2017',
      title: 'Estimating mixture entropy with pairwise distances',
      where: 'doi:10.3390/e19070361',
    },
  ],
  estimate: ({ T, labels }, { noise_var }) => pairwiseReading(T, labels, noise_var, 'upper'),
})
