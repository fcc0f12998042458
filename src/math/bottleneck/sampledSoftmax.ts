import { logSoftmax } from '../logSoftmax.ts'
import { rowOf, type Matrix } from '../linalg/matrix.ts'
import { logProbabilities } from './views.ts'

/** Mean of −ln p at the targets, nats. @param logits  shape [n, V]  @param targets  shape [n] */
export function meanCrossEntropy(logits: Matrix, targets: readonly number[]): number {
  const logP = logProbabilities(logits)
  return targets.reduce((sum, target, r) => sum - logP.values[r * logP.cols + target]!, 0) / targets.length
}

/**
 * Sampled softmax's loss of each row: the target against m other tokens drawn at random.
 * @param logits  shape [n, V]
 * @param negatives  tokens drawn, the same for all rows; one that is a row's target is left out of its sum
 * @param logRate  ln of the expected number of times a token is drawn, taken from the negatives' logits; without this
 *   correction (null) the missing mass makes the loss look smaller
 * Source: Jean et al. 2015, arXiv:1412.2007.
 */
export function sampledLosses(
  logits: Matrix,
  targets: readonly number[],
  negatives: readonly number[],
  logRate: number | null,
): number[] {
  return targets.map((target, r) => {
    const row = rowOf(logits, r)
    const drawn = negatives.filter((token) => token !== target).map((token) => row[token]! - (logRate ?? 0))
    return -logSoftmax([row[target]!, ...drawn])[0]!
  })
}
