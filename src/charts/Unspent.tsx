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

/** An empty outline, as high as what is left unspent, on the same scale as the weights beside it. */
export function Unspent({ value, stroke, centre, width }: UnspentProps) {
  const { right, bottom, y } = useFrame('Unspent')
  if (!(value > 0)) return null
  const height = Math.max(y(0) - y(value), 2)
  const x = right + centre
  return (
    <g aria-hidden="true">
      <rect
        className="unspent"
        x={x - width / 2 + 0.75}
        y={y(0) - height}
        width={width - 1.5}
        height={height}
        fill="none"
        stroke={stroke}
        strokeWidth={1.5}
        strokeDasharray="3 2.5"
      />
      <g className="band-values">
        <text x={x} y={y(0) - height - 5} textAnchor="middle">
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
