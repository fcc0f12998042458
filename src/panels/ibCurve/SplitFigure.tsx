import { memo, useMemo } from 'react'
import { AxisX, AxisY } from '../../charts/Axis.tsx'
import { Frame } from '../../charts/Frame.tsx'
import { Points } from '../../charts/Points.tsx'
import { Rules } from '../../charts/Rules.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import type { IbCurveResult } from './result.ts'

export interface SplitFigureProps {
  readonly result: IbCurveResult
  readonly beta: number
  /** Pixels. */
  readonly width: number
}

const height = 166
/** More labels than this do not fit. */
const mostTicks = 9

/** Round βs on a log scale: 1, 2 and 5 of each power of ten, or the powers alone, or some of them. */
export function betaTicks(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low))
  const powers = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, k) => Number(`1e${first + k}`))
  const within = (ticks: readonly number[]) => ticks.filter((tick) => tick >= low && tick <= high)
  const fine = within(powers.flatMap((power) => [power, 2 * power, 5 * power]))
  if (fine.length <= mostTicks) return fine
  const coarse = within(powers)
  const every = Math.ceil(coarse.length / mostTicks)
  return coarse.filter((_, i) => i % every === 0)
}

/** Where each cluster points as β grows, with the βs at which the best T gains clusters. */
export const SplitFigure = memo(function SplitFigure({ result, beta, width }: SplitFigureProps) {
  const { points, gains } = result
  const marks = gains.map((gain) => gain.beta)
  const [low, high] = result.span
  const positions = useMemo(() => {
    const all = points.flatMap(({ beta: at, parts }) => parts.map(({ position }) => ({ at, position })))
    return { xs: all.map(({ at }) => at), ys: all.map(({ position }) => position) }
  }, [points])
  const [bottom, top] = [Math.min(...positions.ys), Math.max(...positions.ys)]
  const air = Math.max(0.08 * (top - bottom), 0.02)
  if (!(high > low)) return null
  return (
    <Frame
      label={`Clusters by β, from ${points[0].parts.length} to ${points.at(-1)!.parts.length}; the best T gains clusters at ${marks.map((each) => shortNumber(each, 5)).join(', ') || 'no β so far'}`}
      width={width}
      height={height}
      x={{ kind: 'log', low, high }}
      y={{ kind: 'linear', low: bottom - air, high: top + air }}
      margins={{ top: 24, right: 12, bottom: 38, left: 44 }}
    >
      {/* Positions count the values of y from 0; their names count from 1. */}
      <AxisY count={3} format={(position) => shortNumber(position + 1)} title="mean of y’s number in each cluster" />
      <AxisX ticks={betaTicks(low, high)} title="β" />
      <Rules of="x" at={marks} dash="3 3" stroke="var(--unspent-1)" />
      <Rules of="x" at={[beta]} stroke="var(--ink)" />
      <Points xs={positions.xs} ys={positions.ys} fill="var(--exponential-1)" radius={2.25} />
    </Frame>
  )
})
