import { digamma } from '../special.ts'
import { defineEstimator } from './contract.ts'
import { chebyshev, Nearest, needApart, needMoreThan } from './neighbours.ts'
import { countParam } from './params.ts'
import type { Samples } from './sample.ts'

/**
 * Kraskov, Stögbauer and Grassberger's second estimator, maximum norm: a box instead of a cube,
 *   I = ψ(k) − 1/k + ψ(n) − ⟨ψ(n_x) + ψ(n_y)⟩,  n_x, n_y counting points within the box's sides, ends included
 * Nats; may be slightly negative. O(n² (dx + dy)).
 * @throws DomainError for n ≤ k, or where more than k samples coincide
 */
export function ksg2(X: Samples, Y: Samples, k: number): number {
  const n = X.rows
  needMoreThan('ksg2', k, n)
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
    needApart('ksg2', nearest.radius, i)
    let sideX = 0
    let sideY = 0
    for (const j of nearest.indices) {
      sideX = Math.max(sideX, dx[j]!)
      sideY = Math.max(sideY, dy[j]!)
    }
    let withinX = 0
    let withinY = 0
    for (let j = 0; j < n; j++) {
      if (j === i) continue
      if (dx[j]! <= sideX) withinX += 1
      if (dy[j]! <= sideY) withinY += 1
    }
    sum += digamma(withinX) + digamma(withinY)
  }
  return digamma(k) - 1 / k + digamma(n) - sum / n
}

export const ksg2Estimator = defineEstimator({
  id: 'ksg2',
  label: 'KSG 2',
  summary:
    'Like KSG 1 with a box that fits the k neighbours in each margin: less bias where the margins differ in scale.',
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
  estimate: ({ X, Y }, { k }) => ({ nats: { I: ksg2(X, Y, k) } }),
})
