import { memo } from 'react'
import { useFrame } from './Frame.tsx'
import { shortNumber } from './numberFormat.ts'

export interface AxisYProps {
  /** About how many lines; default 4. */
  readonly count?: number
  /** How a value is written; default three significant digits. */
  readonly format?: (value: number) => string
  /** The values to write, in data units; default about `count` round ones. */
  readonly ticks?: readonly number[]
  /** What the axis measures, with its unit; written above its upper end. Default: nothing. */
  readonly title?: string
}

/** Hairlines across the plot with their values at the left edge, and a firm line at 0. */
export const AxisY = memo(function AxisY({ count = 4, format = shortNumber, ticks, title }: AxisYProps) {
  const { left, right, top, y, ticksY } = useFrame('AxisY')
  return (
    <g className="axis" aria-hidden="true">
      {title !== undefined && (
        <text x={0} y={top - 8}>
          {title}
        </text>
      )}
      {(ticks ?? ticksY(count)).map((tick) => (
        <g key={tick} transform={`translate(0 ${Math.round(y(tick)) + 0.5})`}>
          <line x1={left} x2={right} className={tick === 0 ? 'base' : 'rule'} />
          <text x={left - 8} dy="0.32em" textAnchor="end">
            {format(tick)}
          </text>
        </g>
      ))}
    </g>
  )
})

export interface AxisXProps extends AxisYProps {
  /** What the axis measures, with its unit; written below its right end. */
  readonly title: string
}

/** Values below the plot, for a quantity. */
export const AxisX = memo(function AxisX({ count = 4, format = shortNumber, title, ticks }: AxisXProps) {
  const { left, right, bottom, x, ticksX } = useFrame('AxisX')
  const all = ticks ?? ticksX(count)
  const every = ticks ? 1 : Math.ceil(all.length / (count * 2))
  return (
    <g className="axis" aria-hidden="true" transform={`translate(0 ${bottom})`}>
      <line x1={left} x2={right} className="base" />
      {all
        .filter((_, i) => i % every === 0)
        .map((tick) => (
          <g key={tick} transform={`translate(${x(tick)} 0)`}>
            <line y2={4} className="base" />
            <text y={16} textAnchor="middle">
              {format(tick)}
            </text>
          </g>
        ))}
      <text x={right} y={30} textAnchor="end">
        {title}
      </text>
    </g>
  )
})

/** The line that bars stand on. */
export const BaseLine = memo(function BaseLine() {
  const { left, right, y } = useFrame('BaseLine')
  const at = Math.round(y(0)) + 0.5
  return <line className="axis base" x1={left} x2={right} y1={at} y2={at} />
})
