import { rowOf, zeros, type Matrix } from '../linalg/matrix.ts'
import { multiply, multiplyTransposed } from '../linalg/products.ts'
import { thinSvd } from '../linalg/thinSvd.ts'
import { logProbabilities } from './views.ts'

/** The best output layer of this rank in the sense of least squares: r (V + d) numbers instead of V d. */
export function lowRankLayer(weights: Matrix, rank: number): Matrix {
  const { u, s, vt } = thinSvd(weights)
  const scaled: Matrix = { ...u, values: u.values.map((x, i) => (i % u.cols < rank ? x * s[i % u.cols]! : 0)) }
  return multiply(scaled, vt)
}

/** Weights of a two-level output layer: frequent tokens at once, the others through a cluster. */
export interface AdaptiveSoftmax {
  /** Frequent tokens, then one row for each cluster; shape [first + clusters, d]. */
  readonly head: Matrix
  /** Of each cluster: d → its own width, shape [width, d], and its tokens, shape [size, width]. */
  readonly clusters: readonly { readonly project: Matrix; readonly tokens: Matrix }[]
}

/**
 * ln p of every token: the head's own, or ln p(cluster) + ln p(token | cluster). Shape [n, V].
 * Source: Grave et al. 2017, arXiv:1609.04309.
 */
export function adaptiveLogProbabilities({ head, clusters }: AdaptiveSoftmax, hidden: Matrix): Matrix {
  const top = logProbabilities(multiplyTransposed(hidden, head))
  const first = head.rows - clusters.length
  const size = clusters.reduce((sum, { tokens }) => sum + tokens.rows, first)
  const out = zeros(hidden.rows, size)
  for (let r = 0; r < hidden.rows; r++) rowOf(out, r).set(rowOf(top, r).subarray(0, first))
  let start = first
  clusters.forEach(({ project, tokens }, i) => {
    const inside = logProbabilities(multiplyTransposed(multiplyTransposed(hidden, project), tokens))
    for (let r = 0; r < hidden.rows; r++) {
      const cluster = top.values[r * top.cols + first + i]!
      rowOf(out, r).set(
        rowOf(inside, r).map((x) => x + cluster),
        start,
      )
    }
    start += tokens.rows
  })
  return out
}
