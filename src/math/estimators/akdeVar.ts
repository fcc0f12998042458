import { adaptiveKde } from './adaptiveKde.ts'

export const akdeVarEstimator = adaptiveKde({
  id: 'akde-var',
  label: 'adaptive KDE (variance rule)',
  summary: 'A KDE bound whose noise follows the largest activation of the layer: the variance grows with it.',
  rule: 'noise_var = c*max|T|',
  variance: (c, largest, scale) => (c * largest) / scale,
})
