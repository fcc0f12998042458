import { linspace, rangeOf } from './edges.ts'
import { countParam, mostBins } from './params.ts'
import { quantiser } from './quantiser.ts'

/** Fixed bins between the least and the greatest entry of T; one cell where all are equal. */
export const binRangeEstimator = quantiser({
  id: 'bin-range',
  label: 'range bins',
  summary: 'Cuts the range of the layer, as it is now, into equal cells: one outlier widens them all.',
  params: {
    bins: countParam('B', 'bins', 'More cells: more states told apart, and a higher reading.', 30, 200, mostBins),
  },
  sources: [
    {
      cite: 'Saxe et al. 2018',
      title: 'On the information bottleneck theory of deep learning',
      where: 'doi:10.1088/1742-5468/ab3985',
    },
  ],
  cellEdges: (T, { bins }) => linspace(...rangeOf(T.values), bins + 1).slice(1, -1),
  cellIn(T, { bins }) {
    const [lo, hi] = rangeOf(T.values)
    // Halved, a range that is wider than any number has a width.
    const unit = hi - lo === Infinity ? 2 : 1
    const span = hi / unit - lo / unit
    return (t) => (hi > lo ? Math.min(bins - 1, Math.floor(((t / unit - lo / unit) / span) * bins)) : 0)
  },
})
