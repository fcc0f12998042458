import { DomainError } from './errors.ts'
import { dot, sum } from './reductions.ts'
import type { Loss } from './normalizers/contract.ts'

/**
 * The Z-loss: a classification loss of the target's z-score, blind to shift and scale of the outputs.
 *   L = ln(1 + exp(a (b − z_t))) / a, z = (o − μ) / σ, with mean μ and population deviation σ of the row
 * @param o       outputs, shape [n], n ≥ 2, finite, not all equal
 * @param target  t, an index of o
 * @param a       > 0, how sharp the bend is; unitless
 * @param b       the z-score to aim at; unitless
 * @returns  value and gradient −sigmoid(a (b − z_t)) / σ · (e_t − 1/n − z_t z / n), shape [n]
 * @throws DomainError if all outputs are equal (σ = 0) or the target is not an index
 * O(n). Source: de Brébisson & Vincent 2016, arXiv:1604.08859.
 */
export function sphericalZLoss(o: ArrayLike<number>, target: number, a = 1, b = 0): Loss & { readonly z: number } {
  const n = o.length
  if (!Number.isInteger(target) || target < 0 || target >= n)
    throw new DomainError(`sphericalZLoss: target is ${target}; it must be an index from 0 to ${n - 1}`)
  const mean = sum(o) / n
  const centred = Float64Array.from(o, (value) => value - mean)
  const deviation = Math.sqrt(dot(centred, centred) / n)
  if (deviation === 0) throw new DomainError('sphericalZLoss: all outputs are equal; their deviation must not be 0')
  const z = centred.map((value) => value / deviation)
  const zTarget = z[target]!
  const u = a * (b - zTarget)
  const slope = 1 / (1 + Math.exp(-u)) / deviation
  const grad = z.map((value) => (slope * (1 + zTarget * value)) / n)
  grad[target]! -= slope
  return { value: (Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u)))) / a, grad, z: zTarget }
}
