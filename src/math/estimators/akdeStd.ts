import { adaptiveKde } from './adaptiveKde.ts'

export const akdeStdEstimator = adaptiveKde({
  id: 'akde-std',
  label: 'adaptive KDE (scale-free)',
  summary: 'A KDE bound whose noise follows the largest activation of the layer: scaling T changes nothing.',
  rule: 'noise_var = c*max|T|^2',
  variance: (c, largest) => c * largest ** 2,
})
