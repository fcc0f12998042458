import { countParam, mostBins, realParam } from './params.ts'
import { quantiser } from './quantiser.ts'
import { adaptiveEdges, edgesAtOrBelow } from './edges.ts'

const belowTanh = -1.000001

const restingAt = (low: number | string) => (typeof low === 'number' ? low : belowTanh)

/** Entropy-based adaptive binning. With u the sorted distinct values other than `low`, U of them, the edges are
 * low, u[⌊k U / B⌋] for k = 0 … B − 1, and u[U − 1]; the cell of t is the number of edges at or below it. */
export const ebabEstimator = quantiser({
  id: 'ebab',
  label: 'adaptive bins (EBAB)',
  summary:
    'Cells of equal mass over the distinct values of the layer, so that saturated or silent units do not eat the cells.',
  params: {
    bins: countParam('B', 'bins', 'More cells: more states told apart, and a higher reading.', 30, 200, mostBins),
    low: {
      ...realParam(
        't_0',
        'idle value',
        'Where the activation rests: 0 for ReLU, just below −1 for tanh; it gets a cell of its own. The word activation takes it from the network’s activation; samples without a network have −1.000001.',
        belowTanh,
        [-2, 1],
      ),
      kind: 'number-or-word',
      default: 'activation',
      words: ['activation'],
    },
  },
  cost: 'O(n d + n d log(n d))',
  idleParam: 'low',
  sources: [
    {
      cite: "Chelombiev, Houghton & O'Donnell 2019",
      title: 'Adaptive estimators show information compression in deep neural networks',
      where: 'arXiv:1902.09037',
    },
  ],
  cellEdges: (T, { bins, low }) => adaptiveEdges(T.values, bins, restingAt(low)),
  cellIn(T, { bins, low }) {
    const edges = adaptiveEdges(T.values, bins, restingAt(low))
    return (t) => edgesAtOrBelow(edges, t)
  },
})
