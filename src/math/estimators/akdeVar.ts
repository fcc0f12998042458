import { defineEstimator, type Reading } from './contract.ts'
import { deadReading, largestMagnitude, pairwiseReadings } from './pairwiseDensity.ts'
import { positiveParam } from './params.ts'
import type { Labels, Samples } from './sample.ts'

export const akdeVarEstimator = defineEstimator({
  id: 'akde-var',
  label: 'adaptive KDE (variance rule)',
  summary: 'A KDE bound whose noise follows the largest activation of the layer: the variance grows with it.',
  measure: 'shannon',
  accepts: ['activations'],
  params: {
    c: positiveParam('c', 'noise factor', 'More noise: fewer states told apart.', 1e-3, [1e-5, 1]),
    rule: {
      kind: 'choice',
      symbol: 'r',
      label: 'rule',
      about: 'How the noise follows the activations.',
      default: 'noise_var = c*max|T|',
      options: ['noise_var = c*max|T|'],
    },
    bound: {
      kind: 'choice',
      symbol: 'b',
      label: 'bound',
      about: 'The upper bound reads more, the lower less.',
      default: 'upper',
      options: ['upper', 'lower'],
    },
  },
  laws: ['permutes', 'dead-is-zero', 'at-most-log-n'],
  gaussianTolerance: null,
  cost: 'O(n² d)',
  affords: 1024,
  sources: [
    {
      cite: "Chelombiev, Houghton & O'Donnell 2019",
      title: 'Adaptive estimators show information compression in deep neural networks',
      where: 'arXiv:1902.09037',
    },
  ],
  estimate: ({ T, labels }, { c, bound }) => read(T, [labels], c, bound)[0]!,
  estimateEach: (T, labelSets, { c, bound }) => read(T, labelSets, c, bound),
})

function read(T: Samples, labelSets: readonly Labels[], c: number, bound: 'upper' | 'lower'): readonly Reading[] {
  const largest = largestMagnitude(T)
  // All zero: the noise vanishes with the layer, and nothing is told.
  return largest > 0 ? pairwiseReadings(T, labelSets, c * largest, bound) : labelSets.map(() => deadReading)
}
