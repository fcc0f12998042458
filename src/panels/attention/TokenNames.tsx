import { axisName, levelMiddle, type NameAxis } from './nameAxis.ts'

export interface TokenNamesProps {
  readonly axis: NameAxis
  /** Those along the axis, in its order. */
  readonly tokens: readonly string[]
  /** Pixels: where the first token begins, from one to the next, and where the axis lies across. */
  readonly from: number
  readonly step: number
  readonly across: number
}

/** What the columns above it are, in an SVG. */
export function NamesBelow({ axis: { every, turned }, tokens, from, step, across }: TokenNamesProps) {
  return (
    <g className="att-names" aria-hidden="true">
      {tokens.map((token, i) => {
        if (i % every !== 0) return null
        const x = from + (turned ? (i + 0.5) * step : levelMiddle(token, i, step))
        return turned ? (
          <text key={i} transform={`translate(${x} ${across + 3}) rotate(-90)`} dy="0.35em" textAnchor="end">
            {axisName(token)}
          </text>
        ) : (
          <text key={i} x={x} y={across + 11} textAnchor="middle">
            {axisName(token)}
          </text>
        )
      })}
    </g>
  )
}

/** What the rows right of it are, in an SVG. */
export function NamesBeside({ axis: { every }, tokens, from, step, across }: TokenNamesProps) {
  return (
    <g className="att-names" aria-hidden="true">
      {tokens.map((token, i) =>
        i % every === 0 ? (
          <text key={i} x={across - 4} y={from + (i + 0.5) * step} dy="0.35em" textAnchor="end">
            {axisName(token)}
          </text>
        ) : null,
      )}
    </g>
  )
}
