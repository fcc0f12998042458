import { memo } from 'react'
import { shortNumber } from './numberFormat.ts'

export interface CellGridProps {
  /** Spoken name: what the grid shows. */
  readonly label: string
  /** From 0 to 1, a row of cells each; a share of 0 is an empty cell. */
  readonly rows: readonly (readonly number[])[]
  readonly rowNames: readonly string[]
  readonly columnNames: readonly string[]
  /** Pixels. */
  readonly width: number
  /** Pixels a row. */
  readonly rowHeight: number
  /** CSS colour of a share of 1. */
  readonly colour: string
  /** Pixels for the rows' names; default 28. */
  readonly left?: number
}

const top = 18

/** Shares as a grid of cells, the darker the larger, with the number in it where it fits. */
export const CellGrid = memo(function CellGrid(props: CellGridProps) {
  const { label, rows, rowNames, columnNames, width, rowHeight, colour, left = 28 } = props
  const columns = Math.max(1, columnNames.length)
  const cell = Math.min((width - left) / columns, 72)
  const numbers = cell >= 30 && rowHeight >= 16
  return (
    <svg
      className="cell-grid"
      width={width}
      height={top + rows.length * rowHeight + 2}
      role="img"
      aria-label={label}
      fontSize={11}
    >
      {columnNames.map((name, c) => (
        <text key={c} className="grid-name" x={left + (c + 0.5) * cell} y={12} textAnchor="middle">
          {name}
        </text>
      ))}
      {rows.map((row, r) => (
        <g key={r} transform={`translate(0 ${top + r * rowHeight})`}>
          <text className="grid-name" x={left - 6} y={rowHeight / 2} dy="0.32em" textAnchor="end">
            {rowNames[r]}
          </text>
          {row.map((share, c) => (
            <g key={c} transform={`translate(${(left + c * cell).toFixed(2)} 0)`}>
              <rect
                width={Math.max(1, cell - 2)}
                height={rowHeight - 2}
                fill={colour}
                fillOpacity={share}
                stroke="var(--hairline)"
              />
              {numbers && share >= 0.005 && (
                <text className="cell-share" x={cell / 2 - 1} y={rowHeight / 2 - 1} dy="0.32em" textAnchor="middle">
                  {shortNumber(share, 2).replace(/^0\./, '.')}
                </text>
              )}
            </g>
          ))}
        </g>
      ))}
    </svg>
  )
})
