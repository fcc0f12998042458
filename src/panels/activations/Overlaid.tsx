import { AxisX, AxisY, BaseLine } from '../../charts/Axis.tsx'
import { BandHighlight, BandNames } from '../../charts/BandLabels.tsx'
import { Bars, Zeros } from '../../charts/Bars.tsx'
import { Curve } from '../../charts/Curve.tsx'
import { Frame } from '../../charts/Frame.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import { placeInFamily, variantColour } from '../../charts/variantColour.ts'
import type { ActivationsResult, VariantResult } from './result.ts'

export interface OverlaidProps {
  readonly result: ActivationsResult
  readonly masked: readonly number[]
  readonly low: number
  readonly high: number
  /** Pixels. */
  readonly width: number
  readonly pointed: number | null
  readonly point: (index: number | null) => void
}

const height = 280
const gap = 0.24
/** Thinner bars than this are drawn as a line instead; pixels. */
const thinnest = 3
/** Whole, dashed, dotted, dash-dotted: tells members of a family apart without colour. */
const dashes = [undefined, '7 4', '2 3', '8 3 2 3']

/** Every variant in one picture: bars beside each other, or lines where there is no room for bars. */
export function Overlaid({ result, masked, low, high, width, pointed, point }: OverlaidProps) {
  const { n, names, variants } = result
  const label = `Weights of ${variants.map((variant) => variant.label).join(', ')}`
  if (result.logits === null) return <SortedCurves {...{ variants, n, label, low, high, width }} />
  const margins = { top: 12, bottom: 28, left: 30 }
  const each = (((width - margins.left) / Math.max(n, 1)) * (1 - gap)) / Math.max(variants.length, 1)
  const size = Math.min(each, 28)
  const marked = (variant: VariantResult) => variant.weights!.map((weight, i) => (masked.includes(i) ? NaN : weight))
  return (
    <Frame
      label={label}
      width={width}
      height={height}
      x={{ kind: 'band', count: n, gap }}
      y={{ kind: 'linear', low, high }}
      margins={margins}
      onPoint={point}
    >
      <AxisY />
      <BandHighlight index={pointed !== null && pointed < n ? pointed : null} />
      <BaseLine />
      {variants.map((variant, i) => {
        const colour = variantColour(variant.normalizer)
        if (variant.weights === null) return null
        if (each < thinnest) {
          const xs = Float64Array.from(variant.weights, (_, index) => index)
          return <Curve key={variant.id} xs={xs} ys={variant.weights} stroke={colour} {...dashOf(variant)} />
        }
        const offset = (i - (variants.length - 1) / 2) * size
        return (
          <g key={variant.id}>
            <Bars to={variant.weights} fill={colour} offset={offset} width={size - 1} />
            <Zeros values={marked(variant)} stroke={colour} offset={offset} room={size} />
          </g>
        )
      })}
      <BandNames names={names} />
    </Frame>
  )
}

interface SortedCurvesProps extends Pick<OverlaidProps, 'low' | 'high' | 'width'> {
  readonly variants: readonly VariantResult[]
  readonly n: number
  readonly label: string
}

function SortedCurves({ variants, n, label, low, high, width }: SortedCurvesProps) {
  return (
    <Frame
      label={`${label}, sorted`}
      width={width}
      height={height}
      x={{ kind: 'log', low: 1, high: Math.max(n, 2) }}
      y={{ kind: 'linear', low, high }}
      margins={{ top: 12, bottom: 36, left: 46, right: 26 }}
    >
      <AxisY />
      <AxisX
        title="rank"
        count={3}
        format={(rank) => (Number.isInteger(Math.log10(rank)) ? shortNumber(rank, 7) : '')}
      />
      <BaseLine />
      {variants.map((variant) =>
        variant.overview === null ? null : (
          <Curve
            key={variant.id}
            xs={variant.overview.ranks}
            ys={variant.overview.sorted}
            stroke={variantColour(variant.normalizer)}
            {...dashOf(variant)}
          />
        ),
      )}
    </Frame>
  )
}

function dashOf({ normalizer }: VariantResult): { readonly dash?: string } {
  const dash = dashes[placeInFamily(normalizer) % dashes.length]
  return dash === undefined ? {} : { dash }
}
