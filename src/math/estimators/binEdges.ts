import { countParam, mostBins, intervalParams, needInterval } from './params.ts'
import { quantiser } from './quantiser.ts'
import { edgesAtOrBelow, linspace } from './edges.ts'

/** The binning of the code behind the first information planes: a cell for t below the first edge, 29 intervals, and one for t ≥ 1. */
export const binEdgesEstimator = quantiser({
  id: 'bin-edges',
  label: 'fixed edges',
  summary: 'Counts how many of B equally spaced edges lie at or below the value: B edges make B − 1 intervals.',
  params: {
    edges: countParam('B', 'edges', 'More edges: more states told apart.', 30, 200, mostBins),
    ...intervalParams(-1, 1),
  },
  sources: [
    {
      cite: 'Shwartz-Ziv & Tishby 2017',
      title: 'Opening the black box of deep neural networks via information',
      where: 'arXiv:1703.00810',
    },
  ],
  cellEdges: (_T, { edges, lo, hi }) => linspace(lo, hi, edges),
  cellIn(_T, { edges, lo, hi }) {
    needInterval('bin-edges', lo, hi)
    const list = linspace(lo, hi, edges)
    return (t) => edgesAtOrBelow(list, t)
  },
})
