import { logGamma } from '../special.ts'

/**
 * Weights of the first k neighbours, shape [k], that sum to 1 and cancel the leading biases in d dimensions:
 * Σ_j w_j Γ(j + 2l/d) / Γ(j) = 0 for l = 1 … ⌊d/4⌋ (only beyond four dimensions: else the first neighbour
 * has it all), on the neighbours j = ⌊i k / d⌋, i = 1 … d, with the least norm.
 * Source: Berrett, Samworth & Yuan 2019, arXiv:1606.00304, section 2.
 */
export function neighbourWeights(k: number, d: number): Float64Array {
  const weights = new Float64Array(k)
  if (d <= 4) {
    weights[0] = 1
    return weights
  }
  const conditions = Math.floor(d / 4)
  const support = [...new Set(Array.from({ length: d }, (_, i) => Math.floor(((i + 1) * k) / d)))].filter((j) => j >= 1)
  const rows = Array.from({ length: conditions + 1 }, (_, l) =>
    Float64Array.from(support, (j) => Math.exp(logGamma(j + (2 * l) / d) - logGamma(j))),
  )
  leastNorm(rows).forEach((weight, s) => {
    weights[support[s]! - 1] = weight
  })
  return weights
}

/**
 * The shortest w with rows[0]·w = 1 and rows[l]·w = 0, by Gram–Schmidt from the last row up: what is left of row 0,
 * scaled. A row that the others already span to 1e-6 adds nothing.
 */
function leastNorm(rows: readonly Float64Array[]): Float64Array {
  const basis: Float64Array[] = []
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0)
  for (const row of [...rows.slice(1), rows[0]!]) {
    const left = row.slice()
    // Twice: once is not enough when the rows are nearly parallel.
    for (let pass = 0; pass < 2; pass++)
      for (const unit of basis) {
        const along = dot(left, unit)
        left.forEach((value, i) => (left[i] = value - along * unit[i]!))
      }
    const size = Math.sqrt(dot(left, left))
    if (row === rows[0]) return left.map((value) => value / dot(left, row))
    if (size > 1e-6 * Math.sqrt(dot(row, row))) basis.push(left.map((value) => value / size))
  }
  return new Float64Array(rows[0]!.length)
}
