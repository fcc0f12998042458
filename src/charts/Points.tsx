import { memo } from 'react'
import { useFrame } from './Frame.tsx'

export interface PointsProps {
  /** Data units; a point that is not finite draws nothing. */
  readonly xs: ArrayLike<number>
  readonly ys: ArrayLike<number>
  /** CSS colour. */
  readonly fill: string
  /** Pixels; default 3. */
  readonly radius?: number
  /** From 0 to 1; default 1. */
  readonly opacity?: number
  /** Draws the edge alone; default false. */
  readonly hollow?: boolean
  /** Shape of a point, so that kinds are told apart without colour; default a circle. */
  readonly shape?: 'circle' | 'square' | 'cross'
}

/**
 * A mark at each point, in one path; points at one place are one mark. (In a browser that counts turns in a byte, 128
 * circles over each other fill nothing.)
 */
export const Points = memo(function Points(props: PointsProps) {
  const { xs, ys, fill, radius = 3, opacity = 1, hollow = false, shape = 'circle' } = props
  const { x, y } = useFrame('Points')
  const drawn = new Set<string>()
  for (let i = 0; i < xs.length; i++) {
    const [cx, cy] = [x(xs[i]!), y(ys[i]!)]
    if (Number.isFinite(cx) && Number.isFinite(cy)) drawn.add(outlines[shape](cx, cy, radius))
  }
  const line = hollow || shape === 'cross'
  return (
    <path
      className="points"
      d={[...drawn].join('')}
      fill={line ? (shape === 'cross' ? 'none' : 'var(--surface)') : fill}
      stroke={line ? fill : 'none'}
      strokeWidth={1.5}
      opacity={opacity}
    />
  )
})

const outlines = {
  circle: (cx: number, cy: number, r: number) =>
    `M${(cx - r).toFixed(2)} ${cy.toFixed(2)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
  square: (cx: number, cy: number, r: number) =>
    `M${(cx - r).toFixed(2)} ${(cy - r).toFixed(2)}h${2 * r}v${2 * r}h${-2 * r}z`,
  cross: (cx: number, cy: number, r: number) =>
    `M${(cx - r).toFixed(2)} ${(cy - r).toFixed(2)}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`,
}
