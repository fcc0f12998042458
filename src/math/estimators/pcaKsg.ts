import { thinSvd } from '../linalg/thinSvd.ts'
import { defineEstimator } from './contract.ts'
import { ksg1 } from './ksg1.ts'
import { countParam } from './params.ts'
import type { Samples } from './sample.ts'

/**
 * The scores of the samples on their first `dimensions` principal components, shape [n, min(dimensions, cols)]:
 * U S of the centred matrix. Rotating the components or flipping their signs changes no distance.
 */
export function principalScores(X: Samples, dimensions: number): Samples {
  const { rows, cols } = X
  const values = X.values.slice()
  for (let c = 0; c < cols; c++) {
    let mean = 0
    for (let r = 0; r < rows; r++) mean += values[r * cols + c]! / rows
    for (let r = 0; r < rows; r++) values[r * cols + c]! -= mean
  }
  const { u, s } = thinSvd({ rows, cols, values })
  const kept = Math.min(dimensions, s.length)
  const scores = new Float64Array(rows * kept)
  for (let r = 0; r < rows; r++) for (let i = 0; i < kept; i++) scores[r * kept + i] = u.values[r * u.cols + i]! * s[i]!
  return { rows, cols: kept, values: scores }
}

export const pcaKsgEstimator = defineEstimator({
  id: 'pca-ksg',
  label: 'PCA, then KSG',
  summary:
    'Compresses both sides to a few principal components, where neighbours still mean something, then applies KSG 1.',
  measure: 'shannon',
  accepts: ['pair'],
  params: {
    k: countParam('k', 'neighbours', 'More: less variance, more bias.', 3, 50),
    dimensions: countParam('r', 'components', 'Fewer lose information; more make neighbours far apart.', 2, 10),
  },
  laws: ['permutes'],
  gaussianTolerance: 0.08,
  cost: 'O(n d² + n² r)',
  sources: [
    {
      cite: 'Butakov et al. 2024',
      title: 'Information bottleneck analysis of deep neural networks via lossy compression',
      where: 'arXiv:2305.08013',
    },
  ],
  estimate: ({ X, Y }, { k, dimensions }) => ({
    nats: { I: ksg1(principalScores(X, dimensions), principalScores(Y, dimensions), k) },
  }),
})
