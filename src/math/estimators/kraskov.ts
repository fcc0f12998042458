import { defineEstimator, type Estimator } from './contract.ts'
import { chebyshev, Nearest, needApart, needMoreThan } from './neighbours.ts'
import { countParam } from './params.ts'
import type { Samples } from './sample.ts'

/**
 * Adds up what `term` says of each sample i, from how far its k-th nearest is in the joint space by the maximum norm and
 * from the distances dx, dy of every other sample in each margin, shape [n]; those of i itself are Infinity.
 * O(n² (dx + dy)).
 * @param roundoff  samples no farther apart than this coincide
 * @throws DomainError for n ≤ k, or where more than k samples coincide
 */
export function sumOverNeighbourhoods(
  id: string,
  X: Samples,
  Y: Samples,
  k: number,
  term: (radius: number, dx: Float64Array, dy: Float64Array) => number,
  roundoff = 0,
): number {
  const n = X.rows
  needMoreThan(id, k, n)
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
      nearest.offer(Math.max(dx[j]!, dy[j]!))
    }
    needApart(id, nearest.radius > roundoff ? nearest.radius : 0, i)
    dx[i] = Infinity
    dy[i] = Infinity
    sum += term(nearest.radius, dx, dy)
  }
  return sum
}

/** An entry of the registry for one of Kraskov, Stögbauer and Grassberger's estimators. */
export const kraskovEstimator = (
  { id, label, summary }: Pick<Estimator, 'id' | 'label' | 'summary'>,
  read: (X: Samples, Y: Samples, k: number) => number,
): Estimator =>
  defineEstimator({
    id,
    label,
    summary,
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
    estimate: ({ X, Y }, { k }) => ({ nats: { I: read(X, Y, k) } }),
  })
