import { AxisX, AxisY, BaseLine } from '../../charts/Axis.tsx'
import { Curve } from '../../charts/Curve.tsx'
import { Frame } from '../../charts/Frame.tsx'
import { HistogramBars } from '../../charts/HistogramBars.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import { EdgeRing } from '../../charts/EdgeRing.tsx'
import type { Overview as OverviewData } from './result.ts'

export interface OverviewProps {
  readonly overview: OverviewData
  /** What the values are: `softmax weights`. */
  readonly what: string
  readonly unit: 'weight' | 'logit'
  /** CSS colour. */
  readonly colour: string
  /** Pixels. */
  readonly width: number
  /** Scale of the values; multiples share it. */
  readonly low: number
  readonly high: number
}

const log10 = (exponent: number) => (Number.isInteger(exponent) ? shortNumber(10 ** exponent) : '')
const gap = 24
const axis = 46

/** A long row in aggregate: the sorted values against their rank, how they are spread, and the largest of them. */
export function Overview({ overview, what, unit, colour, width, low, high }: OverviewProps) {
  const wide = width > 640
  const each = wide ? Math.floor((width - gap) / 2) : width
  return (
    <div className="overview" style={{ gap: `8px ${gap}px` }}>
      <SortedCurve {...{ overview, what, unit, colour, low, high }} width={each} />
      <Spread {...{ overview, what, unit, colour }} width={each} />
      <Top overview={overview} />
    </div>
  )
}

type PictureProps = Omit<OverviewProps, 'low' | 'high'>

export function SortedCurve({ overview, what, unit, colour, width, low, high }: OverviewProps) {
  const { ranks, sorted } = overview
  const n = ranks.at(-1) ?? 1
  // Past this rank a weight is exactly 0: not small, none.
  const edge = unit === 'weight' ? sorted.findIndex((value) => value === 0) : -1
  return (
    <Frame
      label={`${what}, sorted: from ${shortNumber(sorted[0] ?? NaN)} at rank 1 to ${shortNumber(sorted.at(-1) ?? NaN)} at rank ${shortNumber(n, 7)}`}
      width={width}
      height={160}
      x={{ kind: 'log', low: 1, high: Math.max(n, 2) }}
      y={{ kind: 'linear', low, high }}
      margins={{ top: 10, bottom: 36, left: axis, right: 26 }}
    >
      <AxisY count={3} />
      <AxisX
        title="rank"
        count={3}
        format={(rank) => (Number.isInteger(Math.log10(rank)) ? shortNumber(rank, 7) : '')}
      />
      <BaseLine />
      <Curve xs={ranks} ys={edge < 0 ? sorted : sorted.subarray(0, edge + 1)} stroke={colour} filled />
      {edge >= 0 && <EdgeRing from={ranks[edge]!} to={n} stroke={colour} />}
    </Frame>
  )
}

function Spread({ overview, what, unit, colour, width }: PictureProps) {
  const { edges, counts, zeros, negatives, scale } = overview.histogram
  const highest = counts.reduce((most, count) => Math.max(most, count), 0)
  const aside = [
    zeros > 0 && `${shortNumber(zeros, 7)} exactly 0`,
    negatives > 0 && `${shortNumber(negatives, 7)} below 0`,
  ]
  const others = aside.filter((text) => text !== false).join(', ')
  if (edges.length === 0) return <p className="soft">{others === '' ? 'Nothing to count.' : `${what}: ${others}.`}</p>
  return (
    <Frame
      label={`${what}, counted from ${shortNumber(edges[0]!)} to ${shortNumber(edges.at(-1)!)}${scale === 'log10' ? ' (powers of ten)' : ''}${others && `; ${others}`}`}
      width={width}
      height={132}
      x={{ kind: 'linear', low: edges[0]!, high: edges.at(-1)! }}
      y={{ kind: 'linear', low: 0, high: Math.max(highest, 1) }}
      margins={{ top: 14, bottom: 36, left: axis, right: 26 }}
    >
      <AxisY count={2} format={(count) => (Number.isInteger(count) ? shortNumber(count, 7) : '')} />
      <HistogramBars edges={edges} counts={counts} fill={colour} />
      <AxisX
        title={`${unit}${others && ` (and ${others})`}`}
        count={3}
        format={scale === 'log10' ? log10 : shortNumber}
      />
    </Frame>
  )
}

function Top({ overview }: Pick<OverviewProps, 'overview'>) {
  return (
    <p className="top-entries">
      <span className="soft">top </span>
      {overview.top
        .slice(0, 5)
        .filter(({ value }) => value !== 0)
        .map(({ index, name, value }) => (
          <span key={index}>
            <span className="soft">#{name}</span> {shortNumber(value)}
          </span>
        ))}
    </p>
  )
}
