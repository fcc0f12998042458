import { kernelDensity } from './kernelDensity.ts'

export const kdeLowerEstimator = kernelDensity(
  {
    id: 'kde-lower',
    label: 'KDE lower bound',
    summary: 'Adds a little Gaussian noise and bounds the entropy of the mixture: at least this much information.',
  },
  'lower',
)
