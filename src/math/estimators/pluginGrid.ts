import { defineEstimator } from './contract.ts'
import { countParam, intervalParams, needInterval } from './params.ts'
import { readTable } from './plugin.ts'

/** Plug-in and Miller–Madow on a grid: cell of v is floor((v − lo) / (hi − lo) · B), held within 0 … B − 1. */
export const pluginGridEstimator = defineEstimator({
  id: 'plugin-grid',
  label: 'plug-in on a grid',
  summary: 'Counts pairs of first columns on a square grid, then reads the table.',
  measure: 'shannon',
  accepts: ['pair'],
  params: {
    bins: countParam('B', 'bins', 'Cells along each axis.', 8, 100, 2048),
    ...intervalParams(-4, 4),
    columns: {
      kind: 'choice',
      symbol: 'c',
      label: 'columns',
      about: 'A grid holds one column of each.',
      default: 'first of X, first of Y',
      options: ['first of X, first of Y'],
    },
  },
  laws: ['permutes'],
  gaussianTolerance: 0.08,
  cost: 'O(n)',
  sources: [
    {
      cite: 'Miller 1955',
      title: 'Note on the bias of information estimates',
      where: 'Information Theory in Psychology',
    },
  ],
  estimate({ X, Y }, { bins, lo, hi }) {
    needInterval('plugin-grid', lo, hi)
    const cell = (v: number) => Math.min(bins - 1, Math.max(0, Math.floor(((v - lo) / (hi - lo)) * bins)))
    const values = new Float64Array(bins * bins)
    for (let r = 0; r < X.rows; r++) values[cell(X.values[r * X.cols]!) * bins + cell(Y.values[r * Y.cols]!)]! += 1
    return readTable({ rows: bins, cols: bins, values })
  },
})
