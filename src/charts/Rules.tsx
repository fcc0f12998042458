import { memo } from 'react'
import { useFrame } from './Frame.tsx'

export interface RulesProps {
  /** Data units; one that is not finite, or lies outside the plot, draws nothing. */
  readonly at: ArrayLike<number>
  /** `x`: lines that stand at values of x. `y`: lines that lie at values of y. */
  readonly of: 'x' | 'y'
  /** CSS colour; default the soft ink. */
  readonly stroke?: string
  /** Dash pattern in pixels; default a whole line. */
  readonly dash?: string
  /** From 0 to 1; default 1. */
  readonly opacity?: number
  /** Written along each: at the left end of one that lies, at the foot of one that stands. */
  readonly label?: string
}

/** Lines across the plot: a ceiling, the moment that is looked at, the edges of cells. */
export const Rules = memo(function Rules(props: RulesProps) {
  const { at, of, stroke = 'var(--ink-soft)', dash, opacity = 1, label } = props
  const { left, right, top, bottom, x, y } = useFrame('Rules')
  const [low, high] = of === 'x' ? [left, right] : [top, bottom]
  const places = Array.from(at, (value) => (of === 'x' ? x(value) : y(value))).filter(
    (place) => place >= low - 0.01 && place <= high + 0.01,
  )
  const path = places
    .map((place) => (of === 'x' ? `M${place.toFixed(2)} ${bottom}V${top}` : `M${left} ${place.toFixed(2)}H${right}`))
    .join('')
  return (
    <g className="rules" opacity={opacity}>
      <path d={path} fill="none" stroke={stroke} strokeDasharray={dash} />
      {label !== undefined &&
        places.map((place, i) => (
          <text
            key={i}
            className="rule-label"
            x={of === 'x' ? place - 4 : left + 4}
            y={of === 'x' ? bottom - 6 : place - 5}
            textAnchor={of === 'x' ? 'end' : 'start'}
          >
            {label}
          </text>
        ))}
    </g>
  )
})
