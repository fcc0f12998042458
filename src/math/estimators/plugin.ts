import { defineEstimator, type Reading } from './contract.ts'
import { entropyOfCounts, millerMadow, occupied } from './entropy.ts'
import type { Samples } from './sample.ts'
import { DomainError } from '../errors.ts'

/**
 * I(A;B) = H(A) + H(B) − H(A,B) of a contingency table, plug-in and Miller–Madow. The corrected one may be negative.
 * Nats. @throws DomainError for a negative count, for no count at all, or for more than can be added up
 */
export function readTable(table: Samples): Reading {
  const x = new Float64Array(table.rows)
  const y = new Float64Array(table.cols)
  for (let r = 0; r < table.rows; r++)
    for (let c = 0; c < table.cols; c++) {
      const count = table.values[r * table.cols + c]!
      if (count < 0)
        throw new DomainError(`plugin: the count in row ${r}, column ${c} is ${count}; it must not be negative`)
      x[r]! += count
      y[c]! += count
    }
  if (occupied(x) === 0) throw new DomainError('plugin: every count is 0; the table needs at least one sample')
  const [H_x, H_y, H_xy] = [entropyOfCounts(x), entropyOfCounts(y), entropyOfCounts(table.values)]
  const [H_x_mm, H_y_mm, H_xy_mm] = [millerMadow(x), millerMadow(y), millerMadow(table.values)]
  return {
    nats: {
      I_plugin: Math.max(0, H_x + H_y - H_xy),
      I_mm: H_x_mm + H_y_mm - H_xy_mm,
      H_x,
      H_y,
      H_xy,
      H_x_mm,
      H_y_mm,
      H_xy_mm,
    },
  }
}

export const pluginEstimator = defineEstimator({
  id: 'plugin',
  label: 'plug-in',
  summary: 'Takes the shares of a table of counts for probabilities; Miller and Madow add the first-order correction.',
  measure: 'shannon',
  accepts: ['counts'],
  params: {},
  laws: ['permutes'],
  gaussianTolerance: null,
  cost: 'O(cells)',
  sources: [
    {
      cite: 'Miller 1955',
      title: 'Note on the bias of information estimates',
      where: 'Information Theory in Psychology',
    },
  ],
  estimate: ({ counts }) => readTable(counts),
})
