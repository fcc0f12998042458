import { digamma } from '../special.ts'
import { kraskovEstimator, sumOverNeighbourhoods } from './kraskov.ts'
import type { Samples } from './sample.ts'

/**
 * Kraskov, Stögbauer and Grassberger's first estimator, maximum norm:
 *   I = ψ(k) + ψ(n) − ⟨ψ(n_x + 1) + ψ(n_y + 1)⟩,  n_x, n_y counting strictly closer points
 * Nats; may be slightly negative. O(n² (dx + dy)).
 * @param roundoff  distances that differ by no more than this are equal: 0, but for samples that arithmetic has moved
 * @throws DomainError for n ≤ k, or where more than k samples coincide
 */
export function ksg1(X: Samples, Y: Samples, k: number, roundoff = 0): number {
  const n = X.rows
  const term = (radius: number, dx: Float64Array, dy: Float64Array) => {
    const near = radius - roundoff
    let closerX = 0
    let closerY = 0
    for (let j = 0; j < n; j++) {
      if (dx[j]! < near) closerX += 1
      if (dy[j]! < near) closerY += 1
    }
    return digamma(closerX + 1) + digamma(closerY + 1)
  }
  return digamma(k) + digamma(n) - sumOverNeighbourhoods('ksg1', X, Y, k, term, roundoff) / n
}

export const ksg1Estimator = kraskovEstimator(
  {
    id: 'ksg1',
    label: 'KSG 1',
    summary: 'Compares how far the k-th neighbour is in the joint space with how crowded each margin is there.',
  },
  ksg1,
)
