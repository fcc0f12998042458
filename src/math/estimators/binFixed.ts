import { linspace } from './edges.ts'
import { countParam, mostBins, intervalParams, needInterval } from './params.ts'
import { quantiser } from './quantiser.ts'

/** Cell of t: floor((t − lo) / (hi − lo) · B), held within 0 … B − 1. */
export const binFixedEstimator = quantiser({
  id: 'bin-fixed',
  label: 'fixed bins',
  summary: 'Cuts a fixed interval into equal cells; all beyond it falls in the end cells.',
  params: {
    bins: countParam('B', 'bins', 'More cells: more states told apart, and a higher reading.', 30, 200, mostBins),
    ...intervalParams(-1, 1),
  },
  sources: [
    {
      cite: 'Shwartz-Ziv & Tishby 2017',
      title: 'Opening the black box of deep neural networks via information',
      where: 'arXiv:1703.00810',
    },
  ],
  cellEdges: (_T, { bins, lo, hi }) => linspace(lo, hi, bins + 1).slice(1, -1),
  cellIn(_T, { bins, lo, hi }) {
    needInterval('bin-fixed', lo, hi)
    return (t) => Math.min(bins - 1, Math.max(0, Math.floor(((t - lo) / (hi - lo)) * bins)))
  },
})
