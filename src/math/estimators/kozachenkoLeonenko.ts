import { digamma, logUnitBall } from '../special.ts'
import { euclid, Nearest, needApart, needMoreThan } from './neighbours.ts'
import type { Samples } from './sample.ts'

/**
 * Kozachenko and Leonenko's differential entropy: H = ψ(n) − ψ(k) + ln V_d + (d / n) Σ ln r_{i,k}. Nats. O(n² d).
 * @throws DomainError for n ≤ k, or where more than k samples coincide
 * Source: Kozachenko & Leonenko 1987.
 */
export function kozachenkoLeonenko(id: string, X: Samples, k: number): number {
  const { rows: n, cols: d } = X
  let logs = 0
  eachRow(id, X, k, ({ radius }) => {
    logs += Math.log(radius)
  })
  return digamma(n) - digamma(k) + logUnitBall(d) + (d / n) * logs
}

/**
 * The weighted form of Berrett, Samworth and Yuan: H = −⟨Σ_j w_j [ψ(j) − ln V_d − d ln r_{i,j} − ln(n − 1)]⟩.
 * For d ≤ 4 the weight lies on the first neighbour alone. Nats. O(n² d).
 * @throws DomainError for n ≤ k, or where samples coincide
 * Source: Berrett, Samworth & Yuan 2019, arXiv:1606.00304.
 */
export function weightedKozachenkoLeonenko(id: string, X: Samples, k: number, weights: Float64Array): number {
  const { rows: n, cols: d } = X
  let logs = 0
  eachRow(id, X, k, ({ distances }, i) => {
    needApart(id, distances[0]!, i)
    for (let j = 0; j < k; j++) if (weights[j] !== 0) logs += weights[j]! * d * Math.log(distances[j]!)
  })
  let constant = 0
  for (let j = 0; j < k; j++) constant += weights[j]! * (digamma(j + 1) - logUnitBall(d) - Math.log(n - 1))
  return logs / n - constant
}

function eachRow(id: string, X: Samples, k: number, visit: (nearest: Nearest, i: number) => void): void {
  needMoreThan(id, k, X.rows)
  const nearest = new Nearest(k)
  for (let i = 0; i < X.rows; i++) {
    nearest.clear()
    for (let j = 0; j < X.rows; j++) if (j !== i) nearest.offer(euclid(X, i, j))
    needApart(id, nearest.radius, i)
    visit(nearest, i)
  }
}
