import { digamma } from '../special.ts'
import { kraskovEstimator, sumOverNeighbourhoods } from './kraskov.ts'
import type { Samples } from './sample.ts'

/**
 * Kraskov, Stögbauer and Grassberger's second estimator, maximum norm: a box instead of a cube,
 *   I = ψ(k) − 1/k + ψ(n) − ⟨ψ(n_x) + ψ(n_y)⟩,  n_x, n_y counting points within the box's sides, ends included
 * The box holds every point that is as near as the k-th, so that no order of the samples decides between equals.
 * Nats; may be slightly negative. O(n² (dx + dy)).
 * @throws DomainError for n ≤ k, or where more than k samples coincide
 */
function ksg2(X: Samples, Y: Samples, k: number): number {
  const n = X.rows
  const sum = sumOverNeighbourhoods('ksg2', X, Y, k, (radius, dx, dy) => {
    let sideX = 0
    let sideY = 0
    for (let j = 0; j < n; j++) {
      if (dx[j]! > radius || dy[j]! > radius) continue
      sideX = Math.max(sideX, dx[j]!)
      sideY = Math.max(sideY, dy[j]!)
    }
    let withinX = 0
    let withinY = 0
    for (let j = 0; j < n; j++) {
      if (dx[j]! <= sideX) withinX += 1
      if (dy[j]! <= sideY) withinY += 1
    }
    return digamma(withinX) + digamma(withinY)
  })
  return digamma(k) - 1 / k + digamma(n) - sum / n
}

export const ksg2Estimator = kraskovEstimator(
  {
    id: 'ksg2',
    label: 'KSG 2',
    summary:
      'Like KSG 1 with a box that fits the k neighbours in each margin: less bias where the margins differ in scale.',
  },
  ksg2,
)
