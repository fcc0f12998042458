import { digamma } from '../special.ts'
import { kraskovEstimator, sumOverNeighbourhoods } from './kraskov.ts'
import type { Samples } from './sample.ts'

/**
 * Kraskov, Stögbauer and Grassberger's first estimator, maximum norm:
 *   I = ψ(k) + ψ(n) − ⟨ψ(n_x + 1) + ψ(n_y + 1)⟩,  n_x, n_y counting strictly closer points
 * Nats; may be slightly negative. O(n² (dx + dy)).
 * @throws DomainError for n ≤ k, or where more than k samples coincide
 */
export function ksg1(X: Samples, Y: Samples, k: number): number {
  const n = X.rows
  const sum = sumOverNeighbourhoods('ksg1', X, Y, k, ({ radius }, dx, dy) => {
    let closerX = 0
    let closerY = 0
    for (let j = 0; j < n; j++) {
      if (dx[j]! < radius) closerX += 1
      if (dy[j]! < radius) closerY += 1
    }
    return digamma(closerX + 1) + digamma(closerY + 1)
  })
  return digamma(k) + digamma(n) - sum / n
}

export const ksg1Estimator = kraskovEstimator(
  {
    id: 'ksg1',
    label: 'KSG 1',
    summary: 'Compares how far the k-th neighbour is in the joint space with how crowded each margin is there.',
  },
  ksg1,
)
