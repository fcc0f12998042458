import { DomainError } from '../errors.ts'
import { largestMagnitude } from '../reductions.ts'
import { rangeOf } from './edges.ts'
import { positiveParam } from './params.ts'
import { quantiser } from './quantiser.ts'

/** More edges than this are not listed: no picture could tell them apart. */
const mostEdges = 100_000

/** Cell of t: floor(t / w). */
export const binWidthEstimator = quantiser({
  id: 'bin-width',
  label: 'width bins',
  summary: 'Cells of one width over the whole line, so that growing activations are told apart too.',
  params: { width: positiveParam('w', 'width', 'Narrow cells tell more states apart.', 0.07, [0.001, 2]) },
  sources: [
    {
      cite: 'Saxe et al. 2018',
      title: 'On the information bottleneck theory of deep learning',
      where: 'doi:10.1088/1742-5468/ab3985',
    },
  ],
  cellEdges(T, { width }) {
    const [lo, hi] = rangeOf(T.values)
    if (!((hi - lo) / width < mostEdges)) return new Float64Array()
    const first = Math.floor(lo / width) + 1
    return Float64Array.from({ length: Math.max(0, Math.floor(hi / width) - first + 1) }, (_, k) => (first + k) * width)
  },
  cellIn(T, { width }) {
    const largest = largestMagnitude(T.values)
    if (largest / width === Infinity)
      throw new DomainError(
        `bin-width: ${largest} holds more cells of width ${width} than there are numbers; widen them`,
      )
    return (t) => Math.floor(t / width)
  },
})
