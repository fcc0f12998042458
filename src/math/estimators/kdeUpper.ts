import { kernelDensity } from './kernelDensity.ts'

export const kdeUpperEstimator = kernelDensity(
  {
    id: 'kde-upper',
    label: 'KDE upper bound',
    summary: 'Adds a little Gaussian noise and bounds the entropy of the mixture: at most this much information.',
  },
  'upper',
)
