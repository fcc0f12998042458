import { memo } from 'react'
import { AxisX, AxisY } from '../../charts/Axis.tsx'
import { Curve } from '../../charts/Curve.tsx'
import { decades } from '../../charts/decades.ts'
import { Frame } from '../../charts/Frame.tsx'
import { Points } from '../../charts/Points.tsx'
import { Rules } from '../../charts/Rules.tsx'
import type { Growth } from './result.ts'

const margins = { top: 24, right: 10, bottom: 38, left: 44 }
const height = 240
/** Of the axis beyond its highest value, whose number must not touch the title above. */
const air = 1.06

export interface RankFigureProps {
  readonly growth: readonly Growth[]
  readonly collected: number
  /** Pixels. */
  readonly width: number
}

/** The rank after each output: it climbs the diagonal until there is nothing new to see. */
export const RankFigure = memo(function RankFigure({ growth, collected, width }: RankFigureProps) {
  const all = growth.length
  const seen = growth.slice(0, collected)
  const last = seen.at(-1)
  return (
    <Frame
      label={last ? `Rank of ${collected} outputs: ${last.rank}` : 'Rank by outputs collected; none yet'}
      width={width}
      height={height}
      x={{ kind: 'linear', low: 0, high: all + 0.5 }}
      y={{ kind: 'linear', low: 0, high: air * all + 0.5 }}
      margins={margins}
    >
      <AxisY count={5} title="directions above the errors" />
      <AxisX count={5} title="outputs collected" />
      <Curve xs={[0, all]} ys={[0, all]} stroke="var(--bar-edge)" dash="1.5 4" />
      {last && last.found !== null && <Rules of="y" at={[last.found]} dash="5 4" label={`${last.found} directions`} />}
      <Curve xs={seen.map((g) => g.outputs)} ys={seen.map((g) => g.rank)} stroke="var(--exponential-1)" />
      <Points xs={seen.map((g) => g.outputs)} ys={seen.map((g) => g.rank)} fill="var(--exponential-1)" radius={3.5} />
    </Frame>
  )
})

export interface SpectrumFigureProps {
  readonly growth: readonly Growth[]
  /** After the outputs collected so far; null for none. */
  readonly here: Growth | null
  /** Pixels. */
  readonly width: number
}

/** Singular values of the outputs collected so far, and how far errors alone reach. */
export const SpectrumFigure = memo(function SpectrumFigure({ growth, here, width }: SpectrumFigureProps) {
  const all = growth.flatMap(({ singularValues, edge }) => [...singularValues, edge]).filter((value) => value > 0)
  const low = 10 ** Math.floor(Math.log10(Math.min(...all, 1)) - 0.5)
  const high = 10 ** Math.ceil(Math.log10(Math.max(...all, 1)))
  const values = here?.singularValues ?? []
  const [above, below] = [values.slice(0, here?.rank ?? 0), values.slice(here?.rank ?? 0)]
  return (
    <Frame
      label={
        here
          ? `Singular values of ${here.outputs} outputs: ${above.length} above what errors alone reach, ${below.length} below`
          : 'Singular values; no output yet'
      }
      width={width}
      height={height}
      x={{ kind: 'linear', low: 0, high: growth.length + 0.5 }}
      y={{ kind: 'log', low, high: low * (high / low) ** air }}
      margins={margins}
    >
      <AxisY ticks={decades(low, high, 7)} format={power} title="singular value, nats" />
      <AxisX count={5} title="number" />
      {here && here.edge > 0 && <Rules of="y" at={[here.edge]} dash="5 4" label="errors alone reach this" />}
      <Points xs={above.map((_, i) => i + 1)} ys={above} fill="var(--exponential-1)" radius={3.5} />
      <Points
        xs={below.map((_, i) => above.length + i + 1)}
        ys={below.map((value) => Math.max(value, low))}
        fill="var(--bar-edge)"
        radius={3}
        hollow
      />
    </Frame>
  )
})

const power = (value: number) => {
  const exponent = Math.round(Math.log10(value))
  return exponent >= -2 && exponent <= 3 ? String(10 ** exponent) : `1e${exponent < 0 ? '−' : ''}${Math.abs(exponent)}`
}
