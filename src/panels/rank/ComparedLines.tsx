import { Curve } from '../../charts/Curve.tsx'
import { useFrame } from '../../charts/Frame.tsx'
import type { Comparison } from './comparisons.ts'

/** Pixels between two labels. */
const lineHeight = 14
const colours = ['sampled-1', 'sparse-1', 'rectified-1', 'unspent-1', 'polynomial-1'].map((name) => `var(--${name})`)

interface Props {
  readonly compared: readonly Comparison[]
  /** Of the main spectrum; it gets a label beside the others. */
  readonly main: Float64Array
  /** What is drawn in place of values below it. */
  readonly bottom: number
}

/** Thin lines for other spectra, each with its name at its end. */
export function ComparedLines({ compared, main, bottom }: Props) {
  const { right, top, bottom: foot, y } = useFrame('ComparedLines')
  const lines = compared.map(({ label, singularValues }, i) => ({ label, s: singularValues, colour: colours[i % 5]! }))
  const named = [...lines, { label: 'as set', s: main, colour: 'var(--exponential-1)' }].map((line) => ({
    ...line,
    at: y(Math.max(line.s.at(-1)!, bottom)),
  }))
  return (
    <g className="rank-compared">
      {lines.map(({ label, s, colour }) => (
        <Curve
          key={label}
          xs={Array.from(s, (_, i) => i + 1)}
          ys={Array.from(s, (value) => Math.max(value, bottom))}
          stroke={colour}
        />
      ))}
      {apart(named, top, foot).map(({ label, colour, at }) => (
        <text key={label} x={right + 6} y={at} dy="0.32em" style={{ fill: colour }}>
          {label}
        </text>
      ))}
    </g>
  )
}

/** Labels in their order from the top, none nearer to the next than a line, all between top and foot. */
function apart<T extends { readonly at: number }>(labels: readonly T[], top: number, foot: number): T[] {
  const sorted = labels.toSorted((a, b) => a.at - b.at)
  let lowest = top - lineHeight
  const pushed = sorted.map((each) => (lowest = Math.max(each.at, lowest + lineHeight)))
  let highest = foot + lineHeight
  for (let i = pushed.length - 1; i >= 0; i--) pushed[i] = highest = Math.min(pushed[i]!, highest - lineHeight)
  return sorted.map((each, i) => ({ ...each, at: pushed[i]! }))
}
