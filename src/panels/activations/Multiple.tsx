import { memo, useMemo } from 'react'
import { AxisY, BaseLine } from '../../charts/Axis.tsx'
import { BandHighlight, BandNames, BandReadout, BandValues } from '../../charts/BandLabels.tsx'
import { bandGap } from '../../charts/bandGap.ts'
import { Bars, Zeros } from '../../charts/Bars.tsx'
import { Columns } from '../../charts/Columns.tsx'
import { Frame } from '../../charts/Frame.tsx'
import { Levels } from '../../charts/Levels.tsx'
import { differenceLabel, percent, shortNumber, weightLabel } from '../../charts/numberFormat.ts'
import { Unspent } from '../../charts/Unspent.tsx'
import { variantColour } from '../../charts/variantColour.ts'
import { normalizerById } from '../../math/normalizers/index.ts'
import { differenceMarks } from './differenceMarks.ts'
import { maxMarks, type VariantResult } from './result.ts'

export interface MultipleProps {
  readonly variant: VariantResult
  readonly names: readonly string[]
  /** Indices of dropped entries, which get no mark. */
  readonly masked: readonly number[]
  /** The variant it is compared with; null for none, and for the reference itself. */
  readonly reference: VariantResult | null
  /** The scale that all multiples share. */
  readonly low: number
  readonly high: number
  /** Pixels. */
  readonly width: number
  /** Whether a variant beside it leaves something unspent, so that all keep a place for it. */
  readonly unspentPlace: boolean
  readonly pointed: number | null
  readonly point: (index: number | null) => void
}

export const height = 150
/** Widest bar; pixels. */
const widest = 56
const axis = 26
/** Above this many entries the numbers over the bars would touch. */
const maxLabels = 9

/** One variant's weights. */
export const Multiple = memo(function Multiple(props: MultipleProps) {
  const { variant, names, masked, reference, low, high, width, unspentPlace, pointed, point } = props
  const { weights, stats, difference, label } = variant
  const colour = variantColour(variant.normalizer)
  const n = weights?.length ?? 0
  const sampled = normalizerById(variant.normalizer)?.family === 'sampled'
  // A masked entry has weight 0 by the mask, not by the map: it gets no ring.
  const marked = useMemo(
    () => (masked.length === 0 ? weights : weights?.map((weight, i) => (masked.includes(i) ? NaN : weight))),
    [weights, masked],
  )
  const marks = useMemo(
    () =>
      reference?.weights && weights && difference ? differenceMarks(weights, reference.weights, difference) : null,
    [weights, reference, difference],
  )
  if (!weights || !marked) return null
  const few = n <= maxLabels
  const dense = n > maxMarks
  const right = unspentPlace ? 52 : 0
  const texts = few ? Array.from(marks ? difference! : weights, marks ? differenceLabel : weightLabel) : []
  const tops =
    marks && reference?.weights ? weights.map((weight, i) => Math.max(weight, reference.weights![i]!)) : weights
  // The reference's weight, or what the kernel gave.
  const levels = marks ? reference?.weights : variant.gpu?.state === 'ran' ? variant.gpu.weights : null
  const level = levels?.map((value, i) => (Number.isNaN(marked[i]) ? NaN : value))
  const at = pointed !== null && pointed < n ? pointed : null
  return (
    <Frame
      label={spokenLabel(label, stats.max, names[stats.argmax], stats.support, n)}
      width={width}
      height={height}
      x={{ kind: 'band', count: n, gap: bandGap(width - axis - right, n, widest, n > 100 ? 0 : 0.3) }}
      y={{ kind: 'linear', low, high }}
      margins={{ top: 20, bottom: 20, left: axis, right }}
      under={dense && <Columns values={marked} colour={colour} />}
      onPoint={point}
    >
      <AxisY count={3} format={tickLabel} />
      <BandHighlight index={at} />
      {!dense && <Bars to={weights} fill={colour} opacity={marks ? 0.35 : 1} striped={sampled} />}
      {marks && !dense && <Bars to={marks.more.to} from={marks.more.from} fill={colour} sliver={0} />}
      {marks && !dense && <Bars to={marks.less.to} from={marks.less.from} fill={colour} sliver={0} hollow />}
      <BaseLine />
      {level && !dense && <Levels values={level} />}
      {!dense && <Zeros values={marked} stroke={colour} />}
      {unspentPlace && <Unspent value={stats.unspent} stroke={colour} centre={28} width={22} />}
      <BandValues at={tops} texts={texts} except={at} />
      <BandNames names={names} />
      {at !== null && (
        <BandReadout
          index={at}
          at={tops[at]!}
          text={readout(names[at], weights[at]!, marks ? difference![at]! : null, few)}
        />
      )}
    </Frame>
  )
})

const tickLabel = (tick: number) => shortNumber(tick, 2).replace(/^(−?)0\./, '$1.')

function readout(name: string | undefined, weight: number, difference: number | null, few: boolean): string {
  const number = difference === null ? shortNumber(weight, 4) : `${shortNumber(weight, 4)} (${signed(difference)})`
  return few ? number : `${name ?? ''}: ${number}`
}

const signed = (value: number) => (value > 0 ? `+${shortNumber(value)}` : shortNumber(value))

const spokenLabel = (label: string, max: number, name: string | undefined, support: number, n: number): string =>
  `${label}: ${Number.isNaN(max) ? 'no weights' : `largest weight ${percent(max)}, at ${name ?? 'an entry'}`}; ${support} of ${n} above zero`
