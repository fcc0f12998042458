import { ShapeError } from '../errors.ts'
import { mapEntries, rowOf, zeros, type Matrix } from '../linalg/matrix.ts'
import { multiply, multiplyTransposed } from '../linalg/products.ts'
import { thinSvd } from '../linalg/thinSvd.ts'
import { centreRows, logProbabilities } from './views.ts'

/** A map from logits to probabilities, both of shape [V]. */
export type RowMap = (logits: Float64Array) => Float64Array

/**
 * Mixture of softmaxes: p = Σₖ πₖ softmax(W hₖ); its log-probabilities have no bound on their rank.
 * @param contexts  hₖ of all prompts, K matrices of shape [n, d]
 * @param mixing  π, shape [n, K], rows sum to 1
 * @param weights  W, shape [V, d]
 * @param map  softmax, or another one: sigsoftmax gives the mixture of sigsoftmaxes
 * @returns ln p, shape [n, V]. @throws ShapeError if there are not K contexts
 * Source: Yang et al. 2018, arXiv:1711.03953.
 */
export function mixtureLogProbabilities(
  contexts: readonly Matrix[],
  mixing: Matrix,
  weights: Matrix,
  map: RowMap,
): Matrix {
  if (contexts.length !== mixing.cols) {
    throw new ShapeError(`mixtureLogProbabilities: ${contexts.length} contexts, ${mixing.cols} mixing weights`)
  }
  const out = zeros(mixing.rows, weights.rows)
  contexts.forEach((context, k) => {
    const logits = multiplyTransposed(context, weights)
    for (let r = 0; r < out.rows; r++) {
      const share = mixing.values[r * mixing.cols + k]!
      const p = map(rowOf(logits, r))
      for (let v = 0; v < p.length; v++) out.values[r * out.cols + v]! += share * p[v]!
    }
  })
  return mapEntries(out, Math.log)
}

/** Mixture of contexts: one softmax of Σₖ πₖ hₖ. As cheap to say and of rank d: mixing before the softmax buys nothing. */
export function mixedContext(contexts: readonly Matrix[], mixing: Matrix): Matrix {
  const [first] = contexts
  if (first === undefined) throw new ShapeError('mixedContext: there must be at least one context')
  return mapEntries(first, (_, r, c) =>
    contexts.reduce(
      (sum, context, k) => sum + mixing.values[r * mixing.cols + k]! * context.values[r * first.cols + c]!,
      0,
    ),
  )
}

/**
 * Mean KL, in nats, from a teacher's outputs to the best of a given rank in centred logits: what a bottleneck of that
 * rank costs, which a count of singular values does not say.
 * @param teacher  logits or log-probabilities, shape [n, V]
 * @returns one number for each rank
 */
export function klOfRanks(teacher: Matrix, ranks: readonly number[]): number[] {
  const truth = logProbabilities(teacher)
  const { u, s, vt } = thinSvd(centreRows(truth))
  return ranks.map((rank) => {
    const kept = mapEntries(u, (x, _, k) => (k < rank ? x * s[k]! : 0))
    const student = logProbabilities(multiply(kept, vt))
    return meanKl(truth, student)
  })
}

/** Mean over rows of Σ p (ln p − ln q), nats. Both log-probabilities, shape [n, V]. */
export function meanKl(p: Matrix, q: Matrix): number {
  let sum = 0
  for (let i = 0; i < p.values.length; i++) {
    const logP = p.values[i]!
    if (logP > -Infinity) sum += Math.exp(logP) * (logP - q.values[i]!)
  }
  return sum / p.rows
}
