import { AxisX, AxisY } from '../../charts/Axis.tsx'
import { Frame } from '../../charts/Frame.tsx'
import { HistogramBars } from '../../charts/HistogramBars.tsx'
import { Points } from '../../charts/Points.tsx'
import { Rules } from '../../charts/Rules.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import { estimatorById } from '../../math/estimators/index.ts'
import type { Histogram, LayerPicture } from './layerPicture.ts'
import { plotted, type Range } from './layerRange.ts'
import type { PlaneEstimator } from './result.ts'

export interface LayerFigureProps {
  readonly picture: LayerPicture
  /** Classes of the drawn samples. */
  readonly labels: readonly number[]
  /** As they are written in the key. */
  readonly classNames: readonly string[]
  /** Whose cells are drawn. */
  readonly estimator: PlaneEstimator
  /** Where the layer's values may lie, if that is known; else the plot follows them. */
  readonly bounds: Range | null
  /** Pixels for both pictures together. */
  readonly width: number
}

const height = 220
/** Below this the two pictures stand one above the other; pixels. */
const narrowest = 480
/** Closer than this, edges are a grey wall; pixels. */
const closest = 3
const classMarks = [
  { name: 'rings', mark: { fill: 'var(--polynomial-3)', hollow: true } },
  { name: 'dots', mark: { fill: 'var(--exponential-1)' } },
  { name: 'squares', mark: { fill: 'var(--rectified-1)', shape: 'square' } },
  { name: 'crosses', mark: { fill: 'var(--sparse-1)', shape: 'cross' } },
] as const

/** The activations of one layer, and where the estimator cuts them. */
export function LayerFigure({ picture, labels, classNames, estimator, bounds, width }: LayerFigureProps) {
  const { histogram, units, width: unitCount } = picture
  const [low, high] = plotted([histogram.low, histogram.high], bounds)
  const together = width >= narrowest
  const side = unitCount > 1 ? (together ? Math.min(260, Math.floor(width * 0.45)) : Math.min(width, 260)) : 0
  const all = picture.edges[estimator.id] ?? []
  const edges = all.filter((edge) => edge >= low && edge <= high)
  const crowded = edges.length > 1 && (edges.at(-1)! - edges[0]!) / (edges.length - 1) < (closest * (high - low)) / 200
  const opacity = crowded ? 0.2 : 0.5
  const drawn = plotted(rangeOfUnits(units), bounds)
  const cells = `${edges.length === 0 ? 'no cells' : `${edges.length} edges`} of ${estimator.label}`
  return (
    <div>
      <div className="plane-layer">
        {side > 0 && (
          <Frame
            label={`Two units of the layer on ${labels.length} samples, ${cells}`}
            width={side}
            height={height}
            x={{ kind: 'linear', low: drawn[0], high: drawn[1] }}
            y={{ kind: 'linear', low: drawn[0], high: drawn[1] }}
            margins={{ top: 8, right: 8, bottom: 34, left: 38 }}
          >
            <Rules of="x" at={edges} opacity={opacity} />
            <Rules of="y" at={edges} opacity={opacity} />
            <AxisY count={4} />
            <AxisX count={4} title="unit 1; up: unit 2" />
            {classMarks.map(({ mark }, c) => {
              const mine = labels.flatMap((label, i) => (label % classMarks.length === c ? [i] : []))
              return (
                <Points
                  key={c}
                  xs={mine.map((i) => units[0][i]!)}
                  ys={mine.map((i) => units[1][i]!)}
                  radius={2.5}
                  opacity={0.8}
                  {...mark}
                />
              )
            })}
          </Frame>
        )}
        <HistogramFigure
          {...{ histogram, low, high }}
          {...{ edges, opacity }}
          width={together && side > 0 ? width - side - 12 : width}
        />
      </div>
      {side > 0 && <p className="plane-note">Classes: {marksOf(labels, classNames)}.</p>}
      <p className="plane-note">
        {spread(histogram)} {cut(edges, all.length, estimator, histogram)}
      </p>
    </div>
  )
}

interface HistogramFigureProps {
  readonly histogram: Histogram
  readonly low: number
  readonly high: number
  readonly edges: readonly number[]
  /** Of the edges, from 0 to 1. */
  readonly opacity: number
  /** Pixels. */
  readonly width: number
}

function HistogramFigure({ histogram, low, high, edges, opacity, width }: HistogramFigureProps) {
  const { shares, span } = histogram
  const step = (span[1] - span[0]) / shares.length
  const ends = Array.from({ length: shares.length + 1 }, (_, k) => span[0] + k * step)
  const top = Math.max(...shares)
  return (
    <Frame
      label={`All activations of the layer, from ${shortNumber(histogram.low)} to ${shortNumber(histogram.high)}`}
      width={width}
      height={height}
      x={{ kind: 'linear', low, high }}
      y={{ kind: 'linear', low: 0, high: top * 1.08 }}
      margins={{ top: 8, right: 8, bottom: 34, left: 38 }}
    >
      <AxisY count={3} />
      <HistogramBars edges={ends} counts={shares} fill="var(--bar-edge)" />
      <Rules of="x" at={edges} opacity={opacity} />
      <AxisX count={5} title="activation, all units; up: share" />
    </Frame>
  )
}

/** Which mark is which class; beyond four classes the marks begin again. */
function marksOf(labels: readonly number[], classNames: readonly string[]): string {
  const classes = [...new Set(labels)].sort((a, b) => a - b)
  const names = classMarks.map(({ name }, c) => {
    const mine = classes.flatMap((label) => (label % classMarks.length === c ? [classNames[label]!] : []))
    return mine.length === 0 ? '' : `${name}: ${mine.length > 4 ? `${mine.slice(0, 3).join(', ')} …` : mine.join(', ')}`
  })
  return names.filter((name) => name !== '').join('; ')
}

/** What is said where all values are one, or almost. */
function spread({ low, high }: Histogram): string {
  if (low === high)
    return `Every unit gives ${shortNumber(low)} to every sample: this layer tells nothing of its input.`
  const apart = high - low
  return apart < 1e-6 * Math.max(Math.abs(low), Math.abs(high))
    ? `All activations are ${shortNumber(high)}, or less than that by at most ${shortNumber(apart, 2)}.`
    : ''
}

/** What the lines are, or why there are none. @param all  how many edges there are, drawn or not */
function cut(edges: readonly number[], all: number, { id, label }: PlaneEstimator, histogram: Histogram): string {
  if (histogram.low === histogram.high) return ''
  if (edges.length === 0) return `${label} cuts no cells here, or too many to draw.`
  if (all === 1) return `Line: an edge of ${label}. Values on one side of it are one state.`
  const drawn = edges.length < all ? `${edges.length} of the ${all} edges` : `${all} edges`
  return `Lines: ${drawn} of ${label}, which make ${cellCount(id, all)}. Values in one cell are one state${beyond(edges, histogram)}.`
}

/** Cells of one unit; adaptive bins leave none below their first edge, where the idle value is. */
function cellCount(id: string, edges: number): string {
  return estimatorById(id)?.idleParam === undefined
    ? `${edges + 1} cells, the outer two without an end`
    : `${edges} cells, of which one is for the idle value and one for the greatest`
}

/** What is said where values go far beyond the last edge. */
function beyond(edges: readonly number[], { high }: Histogram): string {
  const last = edges.at(-1)!
  return high > 2 * Math.abs(last) ? `, and so is all from ${shortNumber(last)} to ${shortNumber(high)}` : ''
}

/** Of the two units that are drawn: another unit may go far beyond them. */
function rangeOfUnits(units: LayerPicture['units']): Range {
  const values = units.flat()
  return [Math.min(...values), Math.max(...values)]
}
