import { memo } from 'react'
import { useFrame } from './Frame.tsx'

export interface PointNameProps {
  /** Data units. */
  readonly x: number
  readonly y: number
  readonly text: string
  /** Pixels to the right and down from the point; default 8 and −8. */
  readonly dx?: number
  readonly dy?: number
  /** Default `start`. */
  readonly anchor?: 'start' | 'middle' | 'end'
}

/** A name beside a point; none where the point is not finite. */
export const PointName = memo(function PointName(props: PointNameProps) {
  const { x, y, text, dx = 8, dy = -8, anchor = 'start' } = props
  const scales = useFrame('PointName')
  if (!Number.isFinite(x) || !Number.isFinite(y)) return null
  return (
    <text className="point-name" x={scales.x(x) + dx} y={scales.y(y) + dy} textAnchor={anchor}>
      {text}
    </text>
  )
})
