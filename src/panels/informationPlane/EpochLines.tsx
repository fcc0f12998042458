import { memo, type ReactNode } from 'react'
import { AxisX, AxisY } from '../../charts/Axis.tsx'
import { Curve } from '../../charts/Curve.tsx'
import { Frame } from '../../charts/Frame.tsx'
import { PointName } from '../../charts/PointName.tsx'
import { Rules } from '../../charts/Rules.tsx'
import { epochAxis, epochPlace, epochTick, epochTicks } from './epochScale.ts'

export interface EpochLine {
  /** Written at its end; empty for none. */
  readonly name: string
  readonly epochs: readonly number[]
  readonly values: readonly number[]
  /** CSS colour; default the ink. */
  readonly colour?: string
  /** Pixels. */
  readonly dash?: string
}

export interface EpochLinesProps {
  /** Spoken name. */
  readonly label: string
  readonly lines: readonly EpochLine[]
  /** The epoch that is looked at. */
  readonly epoch: number
  /** Of the whole run. */
  readonly epochs: number
  /** Pixels. */
  readonly width: number
  /** Pixels; default 120. */
  readonly height?: number
  /** Default `linear`, from 0 or the least value. */
  readonly scale?: 'linear' | 'log'
  /** What the scale reaches at least; default what the lines reach. */
  readonly high?: number
  readonly children?: ReactNode
}

/** Powers of ten, or of two where that leaves fewer than two. */
function powers(low: number, high: number): number[] {
  const inside = (base: number) =>
    Array.from({ length: 41 }, (_, k) => base ** (k - 20)).filter((value) => value >= low && value <= high)
  return inside(10).length > 1 ? inside(10) : inside(2)
}

/** Pixels between two names, at least. */
const namesApart = 11

/** Which heights can carry a name: each that is free of those before it; one that is no number cannot. */
function apart(heights: readonly number[]): boolean[] {
  const taken: number[] = []
  return heights.map((height) => {
    const free = Number.isFinite(height) && taken.every((other) => Math.abs(other - height) >= namesApart)
    if (free) taken.push(height)
    return free
  })
}

/** Quantities over the logged epochs, on the axis that all such figures share. */
export const EpochLines = memo(function EpochLines(props: EpochLinesProps) {
  const { label, lines, epoch, epochs, width, height = 120, scale = 'linear', children } = props
  const values = lines.flatMap((line) =>
    line.values.filter((value) => Number.isFinite(value) && (scale === 'linear' || value > 0)),
  )
  /** A log scale has no place for 0. */
  const placed = (line: readonly number[]) => (scale === 'log' ? line.map((value) => (value > 0 ? value : NaN)) : line)
  const top = Math.max(props.high ?? -Infinity, ...values)
  const bottom = Math.min(...values)
  const [low, high] = scale === 'log' ? [bottom * 0.8, top * 1.25] : [Math.min(0, bottom), top * 1.06]
  if (!(high > low)) return null
  const rise = (value: number) =>
    scale === 'log' ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low)
  const named = apart(
    lines.map(({ name, values: all }) => (name === '' ? NaN : rise(all.at(-1) ?? NaN) * (height - 28))),
  )
  return (
    <Frame
      label={label}
      width={width}
      height={height}
      x={epochAxis(epochs)}
      y={{ kind: scale, low, high }}
      margins={{ top: 8, right: 26, bottom: 20, left: 34 }}
    >
      {scale === 'log' ? <AxisY ticks={powers(low, high)} /> : <AxisY count={3} />}
      <AxisX title="" ticks={epochTicks(epochs)} format={epochTick} />
      <Rules of="x" at={[epochPlace(epoch)]} stroke="var(--ink)" />
      {lines.map(({ name, colour = 'var(--ink)', dash, ...line }, i) => (
        <g key={i}>
          <Curve
            xs={line.epochs.map(epochPlace)}
            ys={placed(line.values)}
            stroke={colour}
            {...(dash !== undefined && { dash })}
          />
          {named[i] && (
            <PointName
              x={epochPlace(line.epochs.at(-1) ?? 0)}
              y={placed(line.values).at(-1) ?? NaN}
              text={name}
              dx={3}
              dy={4}
            />
          )}
        </g>
      ))}
      {children}
    </Frame>
  )
})
