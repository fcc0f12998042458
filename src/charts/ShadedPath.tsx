import { memo } from 'react'
import { useFrame } from './Frame.tsx'
import { shadeColour } from './shadeColour.ts'

export interface ShadedPathProps {
  /** Data units, in the order they are walked. A point that is not finite breaks the path. */
  readonly xs: ArrayLike<number>
  readonly ys: ArrayLike<number>
  /** From 0 (early) to 1 (late), one for each point; a segment takes the colour of its end. */
  readonly shades: ArrayLike<number>
  /** Pixels; default 2. */
  readonly width?: number
  /** From 0 to 1; default 1. */
  readonly opacity?: number
}

/** A path whose colour runs from early to late. */
export const ShadedPath = memo(function ShadedPath({ xs, ys, shades, width = 2, opacity = 1 }: ShadedPathProps) {
  const { x, y } = useFrame('ShadedPath')
  const finite = (i: number) => Number.isFinite(xs[i]) && Number.isFinite(ys[i])
  const at = (i: number) => `${x(xs[i]!).toFixed(2)} ${y(ys[i]!).toFixed(2)}`
  return (
    <g className="curve" fill="none" strokeWidth={width} strokeLinecap="round" opacity={opacity}>
      {Array.from(xs, (_, i) =>
        i > 0 && finite(i) && finite(i - 1) ? (
          <path key={i} d={`M${at(i - 1)}L${at(i)}`} stroke={shadeColour(shades[i]!)} />
        ) : null,
      )}
    </g>
  )
})
