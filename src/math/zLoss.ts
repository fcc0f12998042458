import { logSumExp } from './logSumExp.ts'
import { softmax } from './normalizers/softmax.ts'
import type { Loss } from './normalizers/contract.ts'

/**
 * The z-loss regulariser: keeps the normaliser of an output or router layer near 1. Unrelated to the spherical Z-loss.
 *   coefficient · (log Σ exp x)²
 * @param x  logits of one row, shape [n], n ≥ 1, finite
 * @param coefficient  1e-4 for an output layer (Chowdhery et al. 2022), 1e-3 for a router (Zoph et al. 2022)
 * @returns  value in nats², gradient 2 coefficient lse softmax(x), shape [n]. Not shift-invariant, on purpose.
 * O(n). Source: Chowdhery et al. 2022, arXiv:2204.02311; Zoph et al. 2022, arXiv:2202.08906.
 */
export function zLossRegulariser(x: ArrayLike<number>, coefficient = 1): Loss {
  const lse = logSumExp(x)
  return { value: coefficient * lse * lse, grad: softmax(x).map((p) => 2 * coefficient * lse * p) }
}
