import { memo, useMemo } from 'react'
import { AxisX, AxisY } from '../../charts/Axis.tsx'
import { decades } from '../../charts/decades.ts'
import { Frame } from '../../charts/Frame.tsx'
import { Points } from '../../charts/Points.tsx'
import { Rules } from '../../charts/Rules.tsx'
import { ComparedLines } from './ComparedLines.tsx'
import type { RankResult } from './result.ts'
import { TheoryRule } from './TheoryRule.tsx'

export const spectrumHeight = 340

/** Singular values on a log scale, the noise that the errors alone would give, and where theory puts the cliff. */
export const SpectrumFigure = memo(function SpectrumFigure({
  result,
  directions,
  width,
}: {
  readonly result: RankResult
  /** Where a person put r; null draws no line. */
  readonly directions: number | null
  /** Pixels. */
  readonly width: number
}) {
  const { singularValues: s, noiseEdge, expectedRank, compared } = result
  const { xs, ys, low, high, bottom } = useMemo(() => {
    const all = [s, ...compared.map(({ singularValues }) => singularValues)]
    const top = Math.max(...all.map((values) => values[0]!)) || 1
    // Float64 sees nothing below: an exact zero lies on the floor.
    const bottom = top * 1e-17
    return {
      xs: Array.from(s, (_, i) => i + 1),
      ys: Array.from(s, (value) => Math.max(value, bottom)),
      low: Math.max(bottom, Math.min(...all.map((values) => values.at(-1)!), noiseEdge ?? Infinity) / 3),
      high: top * 3,
      bottom,
    }
  }, [s, noiseEdge, compared])
  return (
    <Frame
      label={`Singular values, largest first, log scale. ${result.sentence}`}
      width={width}
      height={spectrumHeight}
      x={{ kind: 'linear', low: 0, high: s.length + 1 }}
      y={{ kind: 'log', low, high }}
      margins={{ top: 24, right: compared.length > 0 ? 92 : 12, bottom: 38, left: 56 }}
    >
      <AxisY ticks={decades(low, high, 9)} title="singular value, log scale" />
      <AxisX count={Math.min(6, s.length + 1)} title="index, from 1" />
      {expectedRank !== null && <TheoryRule rank={expectedRank} />}
      {directions !== null && directions !== expectedRank && (
        <Rules of="x" at={[directions + 0.5]} stroke="var(--ink)" />
      )}
      {noiseEdge !== null && (
        <Rules of="y" at={[noiseEdge]} stroke="var(--sparse-1)" dash="6 4" label="noise alone: σ(√V + √n)" />
      )}
      {compared.length > 0 && <ComparedLines compared={compared} main={s} bottom={bottom} />}
      <Points xs={xs} ys={ys} fill="var(--exponential-1)" radius={width < 500 ? 2 : 3} />
    </Frame>
  )
})
