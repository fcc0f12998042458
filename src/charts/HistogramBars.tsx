import { memo } from 'react'
import { useFrame } from './Frame.tsx'

export interface HistogramBarsProps {
  /** Edges of the bins in data units, one more than counts. */
  readonly edges: ArrayLike<number>
  readonly counts: ArrayLike<number>
  /** CSS colour. */
  readonly fill: string
}

/** A bar from edge to edge for each bin, in one path; a bin that holds anything is a pixel high at least. */
export const HistogramBars = memo(function HistogramBars({ edges, counts, fill }: HistogramBarsProps) {
  const { x, y } = useFrame('HistogramBars')
  const base = y(0)
  let path = ''
  for (let i = 0; i < counts.length; i++) {
    if (!(counts[i]! > 0)) continue
    const left = x(edges[i]!)
    const right = Math.max(x(edges[i + 1]!) - 0.5, left + 0.5)
    const top = Math.min(y(counts[i]!), base - 1)
    path += `M${left.toFixed(2)} ${base.toFixed(2)}V${top.toFixed(2)}H${right.toFixed(2)}V${base.toFixed(2)}z`
  }
  return <path className="bars" d={path} fill={fill} />
})
