import { BoundedSimplex } from '../linalg/boundedSimplex.ts'
import { rowOf, zeros } from '../linalg/matrix.ts'
import { norm } from '../linalg/products.ts'
import type { OutputTokens } from './outputTokens.ts'

/**
 * The radius of the largest ball of hidden states, centred where |h| ≤ box in every coordinate, in which the token
 * wins; 0 or less if there is none. This is the test of the literature; its box decides: a token whose cell begins
 * beyond it has no ball though it can win.
 *   max r  such that  (wⱼ − wᵢ)·h + ‖wⱼ − wᵢ‖ r ≤ bᵢ − bⱼ for j ≠ i
 * solved in its dual, which has d + 1 rows and a feasible vertex at hand.
 * Source: Grivas, Bogoychev & Lopez 2022, arXiv:2203.06462.
 */
export function chebyshevRadius(tokens: OutputTokens, token: number, box = 100): number {
  const { weights, bias, count, dimension: d } = tokens
  const columns = zeros(count - 1 + 2 * d, d + 1)
  const cost = new Float64Array(columns.rows).fill(box)
  const own = rowOf(weights, token)
  let next = 0
  for (let j = 0; j < count; j++) {
    if (j === token) continue
    const difference = rowOf(weights, j).map((x, k) => x - own[k]!)
    const length = norm(difference)
    const lead = bias[token]! - bias[j]!
    // The same row: the biases alone decide between the two.
    if (length === 0 && lead <= 0) return lead
    if (length === 0) continue
    const column = rowOf(columns, next)
    difference.forEach((x, k) => (column[k] = x / length))
    column[d] = 1
    cost[next] = lead / length
    next += 1
  }
  if (next === 0) return Infinity
  for (let k = 0; k < d; k++) {
    columns.values[(next + 2 * k) * (d + 1) + k] = 1
    columns.values[(next + 2 * k + 1) * (d + 1) + k] = -1
    cost[next + 2 * k] = box
    cost[next + 2 * k + 1] = box
  }
  const used = next + 2 * d
  const first = rowOf(columns, 0)
  const basis = [0, ...Array.from({ length: d }, (_, k) => next + 2 * k + (first[k]! > 0 ? 1 : 0))]
  const right = new Float64Array(d + 1)
  right[d] = 1
  const program = new BoundedSimplex(
    { rows: used, cols: d + 1, values: columns.values.subarray(0, used * (d + 1)) },
    right,
    new Float64Array(used).fill(Infinity),
    basis,
  )
  return program.minimise(cost.subarray(0, used))
}
