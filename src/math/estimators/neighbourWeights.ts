import { counted } from '../counted.ts'
import { DomainError } from '../errors.ts'
import { fromRows, rowOf } from '../linalg/matrix.ts'
import { dot } from '../linalg/products.ts'
import { thinSvd } from '../linalg/thinSvd.ts'
import { logGamma } from '../special.ts'

/** Singular values below this share of the largest are left out, and conditions must be met to it. */
const negligible = 1e-6
/** From so many dimensions on the conditions are so nearly parallel that no number of neighbours meets them. */
const unmet = 20

/**
 * Weights of the first k neighbours, shape [k], that sum to 1 and cancel the leading biases in d dimensions:
 * Σ_j w_j Γ(j + 2l/d) / Γ(j) = 0 for l = 1 … ⌊d/4⌋ (only beyond four dimensions: else the first neighbour
 * has it all), on the neighbours j = ⌊i k / d⌋, i = 1 … d, with the least norm; by least squares that leave out
 * singular values below 1e-6 of the largest.
 * @throws DomainError where no weights meet the conditions: with too few neighbours, and from 20 dimensions on
 * Source: Berrett, Samworth & Yuan 2019, arXiv:1606.00304, section 2.
 */
export function neighbourWeights(id: string, k: number, d: number): Float64Array {
  const found = d <= 4 ? nearestAlone(k) : balanced(k, d)
  if (found) return found
  const more = d < unmet ? Array.from({ length: d }, (_, i) => k + 1 + i) : []
  const enough = more.find((count) => balanced(count, d))
  throw new DomainError(
    `${id}: in ${d} dimensions the weights must meet ${Math.floor(d / 4) + 1} conditions, and those of ${counted(k, 'neighbour')} cannot; ${
      enough === undefined
        ? `compress the samples until both sides have fewer than ${unmet} together`
        : `take k of at least ${enough}`
    }`,
  )
}

function nearestAlone(k: number): Float64Array {
  const weights = new Float64Array(k)
  weights[0] = 1
  return weights
}

/** The weights beyond four dimensions, or null where they miss their conditions: a sum other than 1 scales the entropy. */
function balanced(k: number, d: number): Float64Array | null {
  const support = [...new Set(Array.from({ length: d }, (_, i) => Math.floor(((i + 1) * k) / d)))].filter((j) => j >= 1)
  const rows = Array.from({ length: Math.floor(d / 4) + 1 }, (_, l) =>
    Float64Array.from(support, (j) => Math.exp(logGamma(j + (2 * l) / d) - logGamma(j))),
  )
  const found = leastSquares(rows)
  const misses = rows.map((row, l) => Math.abs(dot(row, found) - (l === 0 ? 1 : 0)))
  if (Math.max(...misses) > negligible) return null
  const weights = new Float64Array(k)
  found.forEach((weight, s) => {
    weights[support[s]! - 1] = weight
  })
  return weights
}

/** The shortest w that comes nearest to rows[0]·w = 1 and rows[l]·w = 0, without negligible directions. */
function leastSquares(rows: readonly Float64Array[]): Float64Array {
  const { u, s, vt } = thinSvd(fromRows(rows))
  const w = new Float64Array(vt.cols)
  s.forEach((size, i) => {
    if (size <= negligible * s[0]!) return
    const along = u.values[i]! / size
    rowOf(vt, i).forEach((v, c) => (w[c]! += along * v))
  })
  return w
}
