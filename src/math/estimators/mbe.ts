import { defineEstimator } from './contract.ts'
import { deltaGram, gaussianGram, labelKernelParam, mostCompared, widthOf, widthParam } from './gram.ts'
import { matrixRenyiReading } from './matrixRenyi.ts'
import { positiveParam } from './params.ts'
import { standardised } from './standardised.ts'

export const mbeEstimator = defineEstimator({
  id: 'mbe',
  label: 'matrix Rényi',
  summary: 'Entropy of the spectrum of a Gram matrix: no density, no bins; α = 2 needs no eigenvalues.',
  measure: 'renyi',
  accepts: ['activations', 'pair'],
  params: {
    alpha: positiveParam('\\alpha', 'order', 'Near 1 it resembles Shannon entropy; 2 is fast.', 1.01, [0.5, 5]),
    sigma_T: widthParam('T'),
    sigma_X: widthParam('X'),
    sigma_Y: widthParam('Y'),
    standardise: {
      kind: 'flag',
      symbol: 'z',
      label: 'standardise',
      about: 'Gives each column mean 0 and standard deviation 1 first.',
      default: true,
    },
    label_kernel: labelKernelParam,
  },
  laws: ['permutes'],
  gaussianTolerance: null,
  cost: 'O(n²) for α = 2, else O(n³)',
  mostSamples: mostCompared,
  affords: ({ alpha }) => (alpha === 2 ? 1024 : 128),
  sources: [
    {
      cite: 'Sánchez Giraldo, Rao & Príncipe 2015',
      title: 'Measures of entropy from data using infinitely divisible kernels',
      where: 'arXiv:1211.2459',
    },
  ],
  estimate(sample, { alpha, sigma_T, sigma_X, sigma_Y, standardise }) {
    const prepared = (samples: Parameters<typeof standardised>[0]) => (standardise ? standardised(samples) : samples)
    if (sample.kind === 'activations') {
      const T = prepared(sample.T)
      return matrixRenyiReading(gaussianGram(T, widthOf(sigma_T, T)), deltaGram(sample.labels), T.rows, alpha)
    }
    const X = prepared(sample.X)
    const Y = prepared(sample.Y)
    return matrixRenyiReading(gaussianGram(X, widthOf(sigma_X, X)), gaussianGram(Y, widthOf(sigma_Y, Y)), X.rows, alpha)
  },
})
