import { digamma } from '../special.ts'
import { defineEstimator } from './contract.ts'
import { chebyshev, Nearest, needApart, needMoreThan } from './neighbours.ts'
import { countParam } from './params.ts'
import type { Samples } from './sample.ts'

/**
 * Kraskov, Stögbauer and Grassberger's first estimator, maximum norm:
 *   I = ψ(k) + ψ(n) − ⟨ψ(n_x + 1) + ψ(n_y + 1)⟩,  n_x, n_y counting strictly closer points
 * Nats; may be slightly negative. O(n² (dx + dy)).
 * @throws DomainError for n ≤ k, or where more than k samples coincide
 */
export function ksg1(X: Samples, Y: Samples, k: number): number {
  const n = X.rows
  needMoreThan('ksg1', k, n)
  const nearest = new Nearest(k)
  const dx = new Float64Array(n)
  const dy = new Float64Array(n)
  let sum = 0
  for (let i = 0; i < n; i++) {
    nearest.clear()
    for (let j = 0; j < n; j++) {
      if (j === i) continue
      dx[j] = chebyshev(X, i, j)
      dy[j] = chebyshev(Y, i, j)
      nearest.offer(Math.max(dx[j]!, dy[j]!), j)
    }
    const { radius } = nearest
    needApart('ksg1', radius, i)
    let closerX = 0
    let closerY = 0
    for (let j = 0; j < n; j++) {
      if (j === i) continue
      if (dx[j]! < radius) closerX += 1
      if (dy[j]! < radius) closerY += 1
    }
    sum += digamma(closerX + 1) + digamma(closerY + 1)
  }
  return digamma(k) + digamma(n) - sum / n
}

export const ksg1Estimator = defineEstimator({
  id: 'ksg1',
  label: 'KSG 1',
  summary: 'Compares how far the k-th neighbour is in the joint space with how crowded each margin is there.',
  measure: 'shannon',
  accepts: ['pair'],
  params: { k: countParam('k', 'neighbours', 'More: less variance, more bias.', 3, 50) },
  laws: ['permutes'],
  gaussianTolerance: 0.08,
  cost: 'O(n² d)',
  sources: [
    {
      cite: 'Kraskov, Stögbauer & Grassberger 2004',
      title: 'Estimating mutual information',
      where: 'doi:10.1103/PhysRevE.69.066138',
    },
  ],
  estimate: ({ X, Y }, { k }) => ({ nats: { I: ksg1(X, Y, k) } }),
})
