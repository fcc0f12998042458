import { ShapeError } from '../errors.ts'
import { mapEntries, type Matrix } from '../linalg/matrix.ts'
import { multiply } from '../linalg/products.ts'
import { thinSvd } from '../linalg/thinSvd.ts'
import { logSumExp } from '../logSumExp.ts'
import { centreRows, logProbabilities } from './views.ts'

/**
 * Mixture of softmaxes: p = Σₖ πₖ pₖ, the parts being softmax(W hₖ); its log-probabilities have no bound on their rank.
 * Parts of another map, sigsoftmax for one, are mixed in the same way.
 * @param parts  ln pₖ, K matrices of shape [n, V], finite
 * @param mixing  ln π, shape [n, K]
 * @returns ln p, shape [n, V]; finite, however small p. @throws ShapeError if there are not K parts
 * Source: Yang et al. 2018, arXiv:1711.03953.
 */
export function mixtureLogProbabilities(parts: readonly Matrix[], mixing: Matrix): Matrix {
  const [first] = parts
  if (first === undefined || parts.length !== mixing.cols) {
    throw new ShapeError(`mixtureLogProbabilities: ${parts.length} parts, ${mixing.cols} mixing weights`)
  }
  const terms = new Float64Array(parts.length)
  return mapEntries(first, (_, r, c) => {
    for (let k = 0; k < terms.length; k++) {
      terms[k] = mixing.values[r * terms.length + k]! + parts[k]!.values[r * first.cols + c]!
    }
    return logSumExp(terms)
  })
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
