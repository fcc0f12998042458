import { useFrame } from './Frame.tsx'
import { weightLabel } from './numberFormat.ts'

export interface UnspentProps {
  /** What is left of the budget, in data units; 0 draws nothing. */
  readonly value: number
  /** CSS colour. */
  readonly stroke: string
  /** Centre and width of its place in the margin right of the plot; pixels from the plot's right edge. */
  readonly centre: number
  readonly width: number
}

/**
 * An empty outline, as high as what is left unspent, on the same scale as the weights beside it; open at the
 * top where it is higher than that scale.
 */
export function Unspent({ value, stroke, centre, width }: UnspentProps) {
  const { right, top, bottom, y } = useFrame('Unspent')
  if (!(value > 0)) return null
  const height = Math.min(Math.max(y(0) - y(value), 2), y(0) - top)
  const x = right + centre
  const left = x - width / 2 + 0.75
  const up = y(0) - height
  const beyond = y(value) < top - 0.5
  return (
    <g aria-hidden="true">
      <path
        className="unspent"
        d={`M${left} ${up}V${y(0)}h${width - 1.5}V${up}${beyond ? '' : 'z'}`}
        fill="none"
        stroke={stroke}
        strokeWidth={1.5}
        strokeDasharray="3 2.5"
      />
      <g className="band-values">
        <text x={x} y={up - 5} textAnchor="middle">
          {weightLabel(value)}
        </text>
      </g>
      <g className="band-names">
        <text x={x} y={bottom + 14} textAnchor="middle">
          unspent
        </text>
      </g>
    </g>
  )
}
