import { DomainError } from '../errors.ts'
import type { Samples } from './sample.ts'

/** Mean of the diagonal: the critic's score on the joint samples. */
export function meanDiagonal({ rows: n, values }: Samples): number {
  let sum = 0
  for (let i = 0; i < n; i++) sum += values[i * n + i]!
  return sum / n
}

/** ln of the mean of e^{f(S_ij)} over the pairs i ≠ j, shifted by the largest. @throws DomainError for n = 1 */
export function logMeanExpOffDiagonal(
  id: string,
  S: Samples,
  of: (score: number) => number = (score) => score,
): number {
  const { rows: n, values } = S
  if (n < 2) throw new DomainError(`${id}: S is 1 × 1; scores of unpaired samples need at least 2 × 2`)
  let largest = -Infinity
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) if (j !== i) largest = Math.max(largest, of(values[i * n + j]!))
  let sum = 0
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (j !== i) sum += Math.exp(of(values[i * n + j]!) - largest)
  return largest + Math.log(sum / (n * (n - 1)))
}
