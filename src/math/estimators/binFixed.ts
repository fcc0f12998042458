import { defineEstimator } from './contract.ts'
import { linspace } from './edges.ts'
import { countParam, mostBins, needInterval, realParam } from './params.ts'
import { binned, byStates } from './states.ts'

/** Cell of t: floor((t − lo) / (hi − lo) · B), held within 0 … B − 1. */
export const binFixedEstimator = defineEstimator({
  id: 'bin-fixed',
  label: 'fixed bins',
  summary: 'Cuts a fixed interval into equal cells; all beyond it falls in the end cells.',
  measure: 'shannon',
  accepts: ['activations'],
  params: {
    bins: countParam('B', 'bins', 'More cells: more states told apart, and a higher reading.', 30, 200, mostBins),
    lo: realParam('a', 'low end', 'Values below it fall in the first cell.', -1, [-10, 0]),
    hi: realParam('b', 'high end', 'Values above it fall in the last cell.', 1, [0, 10]),
  },
  laws: ['permutes', 'nonnegative', 'dead-is-zero', 'at-most-log-n'],
  gaussianTolerance: null,
  cost: 'O(n d)',
  sources: [
    {
      cite: 'Shwartz-Ziv & Tishby 2017',
      title: 'Opening the black box of deep neural networks via information',
      where: 'arXiv:1703.00810',
    },
  ],
  cellEdges: (_T, { bins, lo, hi }) => linspace(lo, hi, bins + 1).slice(1, -1),
  ...byStates((T, { bins, lo, hi }: { bins: number; lo: number; hi: number }) => {
    needInterval('bin-fixed', lo, hi)
    return binned(T, (t) => Math.min(bins - 1, Math.max(0, Math.floor(((t - lo) / (hi - lo)) * bins))))
  }),
})
