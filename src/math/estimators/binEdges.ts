import { defineEstimator } from './contract.ts'
import { countParam, mostBins, needInterval, realParam } from './params.ts'
import { binned, byStates } from './states.ts'
import { edgesAtOrBelow, linspace } from './edges.ts'

/** The binning of the code behind the first information planes: a cell for t below the first edge, 29 intervals, and one for t ≥ 1. */
export const binEdgesEstimator = defineEstimator({
  id: 'bin-edges',
  label: 'fixed edges',
  summary: 'Counts how many of B equally spaced edges lie at or below the value: B edges make B − 1 intervals.',
  measure: 'shannon',
  accepts: ['activations'],
  params: {
    edges: countParam('B', 'edges', 'More edges: more states told apart.', 30, 200, mostBins),
    lo: realParam('a', 'low end', 'The first edge.', -1, [-10, 0]),
    hi: realParam('b', 'high end', 'The last edge.', 1, [0, 10]),
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
  cellEdges: (_T, { edges, lo, hi }) => linspace(lo, hi, edges),
  ...byStates((T, { edges, lo, hi }: { edges: number; lo: number; hi: number }) => {
    needInterval('bin-edges', lo, hi)
    const list = linspace(lo, hi, edges)
    return binned(T, (t) => edgesAtOrBelow(list, t))
  }),
})
