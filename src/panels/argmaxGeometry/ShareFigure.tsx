import { memo } from 'react'
import { AxisX, AxisY } from '../../charts/Axis.tsx'
import { Curve } from '../../charts/Curve.tsx'
import { Frame } from '../../charts/Frame.tsx'
import { PointName } from '../../charts/PointName.tsx'
import { Points } from '../../charts/Points.tsx'
import type { ArgmaxGeometryResult } from './result.ts'

export interface ShareFigureProps {
  readonly result: ArgmaxGeometryResult
  /** Pixels. */
  readonly width: number
}

/** The share of tokens that can never win, by the number of dimensions: of random layers, and of the one above. */
export const ShareFigure = memo(function ShareFigure({ result, width }: ShareFigureProps) {
  const { shareByD, shareVocabulary, tokens, dimensions, unargmaxable, tested } = result
  const xs = shareByD.map(({ d }) => d)
  const ys = shareByD.map(({ share }) => 100 * share)
  const own = tested === 0 ? NaN : (100 * unargmaxable.length) / tested
  const high = Math.max(24, dimensions)
  const spoken = shareByD.map(({ d, count }) => `${count} at ${d}`).join(', ')
  return (
    <Frame
      label={`Of ${shareVocabulary} random tokens, how many can never win, by dimensions: ${spoken}; the layer above: ${unargmaxable.length} of ${tokens} at ${dimensions}`}
      width={width}
      height={234}
      x={{ kind: 'log', low: 0.92 * Math.min(2, dimensions), high: high * 1.15 }}
      // Numbers stand above their points.
      y={{ kind: 'linear', low: 0, high: 110 }}
      margins={{ top: 24, right: 16, bottom: 38, left: 44 }}
    >
      <AxisY count={4} title="can never win, % of tokens" />
      <AxisX title="dimensions d, log scale" ticks={ticksTo(high)} />
      <Curve xs={xs} ys={ys} stroke="var(--ink-soft)" />
      <Points xs={xs} ys={ys} fill="var(--ink-soft)" radius={3.5} />
      {shareByD.map(({ d, count, share }) => (
        <PointName key={d} x={d} y={100 * share} text={String(count)} dx={10} dy={-7} />
      ))}
      <Points xs={[dimensions]} ys={[own]} fill="var(--sparse-1)" radius={6} shape="square" hollow />
    </Frame>
  )
})

const ticksTo = (high: number): number[] =>
  [2, 3, 4, 6, 8, 12, 16, 24, 64, 256, 1024, 4096].filter((tick) => tick <= high)
