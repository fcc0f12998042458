import { area, line } from 'd3-shape'
import { memo } from 'react'
import { useFrame } from './Frame.tsx'

export interface CurveProps {
  /** Data units, ascending. */
  readonly xs: ArrayLike<number>
  /** Data units; a point that is not finite breaks the line. */
  readonly ys: ArrayLike<number>
  /** CSS colour. */
  readonly stroke: string
  /** Fills down to the base line, 0; default false. */
  readonly filled?: boolean
  /** Dash pattern in pixels; default a whole line. */
  readonly dash?: string
}

/** A line through points. */
export const Curve = memo(function Curve({ xs, ys, stroke, filled = false, dash }: CurveProps) {
  const { x, y } = useFrame('Curve')
  const indices = Array.from(xs, (_, i) => i)
  const defined = (i: number) => Number.isFinite(xs[i]) && Number.isFinite(ys[i])
  const at = (i: number) => x(xs[i]!)
  const path = line<number>()
    .defined(defined)
    .x(at)
    .y((i) => y(ys[i]!))(indices)
  const below = filled
    ? area<number>()
        .defined(defined)
        .x(at)
        .y0(y(0))
        .y1((i) => y(ys[i]!))(indices)
    : null
  return (
    <g className="curve">
      {below !== null && <path d={below} fill={stroke} fillOpacity={0.18} />}
      <path
        d={path ?? ''}
        fill="none"
        stroke={stroke}
        strokeWidth={1.75}
        strokeLinejoin="round"
        strokeDasharray={dash}
      />
    </g>
  )
})
