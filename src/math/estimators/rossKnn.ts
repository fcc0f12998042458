import { DomainError } from '../errors.ts'
import { digamma } from '../special.ts'
import { defineEstimator } from './contract.ts'
import { chebyshev, Nearest, needApart } from './neighbours.ts'
import { countParam } from './params.ts'
import { sizesOf, type Labels, type Samples } from './sample.ts'

/**
 * Ross's estimator of I(T;Y) for continuous T and classes Y, maximum norm:
 *   I = ψ(n) + ψ(k) − ⟨ψ(N_y)⟩ − ⟨ψ(m)⟩
 * with r the distance to the k-th neighbour of the same class, N_y the class's size and m the points, itself included,
 * closer than r. Nats; may be slightly negative. O(n² d).
 * @throws DomainError for a class of k samples or fewer, or where samples coincide
 */
export function rossKnn(T: Samples, labels: Labels, k: number): number {
  const n = T.rows
  const sizes = sizesOf(labels)
  const small = sizes.findIndex((size) => size <= k)
  if (small >= 0)
    throw new DomainError(
      `ross-knn: a class has ${sizes[small]} samples; ${k} neighbours need at least ${k + 1} in each`,
    )
  const nearest = new Nearest(k)
  const distances = new Float64Array(n)
  let sum = 0
  for (let i = 0; i < n; i++) {
    nearest.clear()
    for (let j = 0; j < n; j++) {
      if (j === i) continue
      distances[j] = chebyshev(T, i, j)
      if (labels.of[j] === labels.of[i]) nearest.offer(distances[j]!)
    }
    needApart('ross-knn', nearest.radius, i)
    let closer = 1
    for (let j = 0; j < n; j++) if (j !== i && distances[j]! < nearest.radius) closer += 1
    sum += digamma(sizes[labels.of[i]!]!) + digamma(closer)
  }
  return digamma(n) + digamma(k) - sum / n
}

export const rossKnnEstimator = defineEstimator({
  id: 'ross-knn',
  label: 'Ross kNN',
  summary: 'Compares the k-th neighbour within a class with how many of any class lie closer.',
  measure: 'shannon',
  accepts: ['activations'],
  params: {
    k: countParam('k', 'neighbours', 'More: less variance, more bias.', 3, 50),
    metric: {
      kind: 'choice',
      symbol: 'm',
      label: 'metric',
      about: 'How distance is measured.',
      default: 'chebyshev',
      options: ['chebyshev'],
    },
  },
  laws: ['permutes'],
  gaussianTolerance: null,
  cost: 'O(n² d)',
  affords: 1024,
  sources: [
    {
      cite: 'Ross 2014',
      title: 'Mutual information between discrete and continuous data sets',
      where: 'doi:10.1371/journal.pone.0087357',
    },
  ],
  estimate: ({ T, labels }, { k }) => ({ nats: { I_TY: rossKnn(T, labels, k) } }),
})
