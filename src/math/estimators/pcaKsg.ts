import { thinSvd } from '../linalg/thinSvd.ts'
import { largestMagnitude } from '../reductions.ts'
import { defineEstimator } from './contract.ts'
import { ksg1 } from './ksg1.ts'
import { countParam } from './params.ts'
import type { Samples } from './sample.ts'

/**
 * The scores of the samples on their first `dimensions` principal components, shape [n, min(dimensions, cols)]:
 * U S of the centred matrix. Flipping the sign of a component changes no distance; where two components have the same
 * spread nothing but round-off decides which is which, nor how they lie in their plane.
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

/** Round-off of the scores, as a share of the largest: equal steps of a grid come out so nearly equal. */
const scoreRoundoff = 1e-12

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
  estimate({ X, Y }, { k, dimensions }) {
    const [x, y] = [principalScores(X, dimensions), principalScores(Y, dimensions)]
    return {
      nats: { I: ksg1(x, y, k, scoreRoundoff * Math.max(largestMagnitude(x.values), largestMagnitude(y.values))) },
    }
  },
})
