import { estimatorById } from '../../math/estimators/index.ts'
import { rangeOf } from '../../math/estimators/edges.ts'
import type { EstimatorValues } from '../../math/estimators/params.ts'
import type { Samples } from '../../math/estimators/sample.ts'
import { plotted, type Range } from './layerRange.ts'
import { someOf } from './someOf.ts'

/** The most samples that a scatter shows. */
const drawnSamples = 256
const histogramBins = 48
/** A narrower bin could not be seen; share of the plot. */
const narrowestBin = 0.01
/** More edges than this cannot be told apart. */
const drawnEdges = 400

/** One layer's activations at one epoch, for drawing. */
export interface LayerPicture {
  readonly width: number
  /** The first two units on some samples, four digits; the second is empty in a layer of one unit. */
  readonly units: readonly [first: readonly number[], second: readonly number[]]
  readonly histogram: Histogram
  /** Where each estimator's cells meet, by its id; none for one without cells, or with too many to draw. */
  readonly edges: Readonly<Record<string, readonly number[]>>
}

/** Of all units and samples. */
export interface Histogram {
  /** The least value and the greatest. */
  readonly low: number
  readonly high: number
  /** From the first bin to the last: what the values span, or more where they can hardly be told apart. */
  readonly span: Range
  /** Of equal bins; they sum to 1. */
  readonly shares: readonly number[]
}

/** Which of n samples are drawn. */
export const drawnRows = (n: number): number[] => someOf(n, drawnSamples)

/** @param bounds  where the values lie, if that is known */
export function layerPicture(
  T: Samples,
  rows: readonly number[],
  settings: readonly { readonly id: string; readonly params: EstimatorValues }[],
  bounds: Range | null,
): LayerPicture {
  const unit = (c: number) => (c < T.cols ? rows.map((r) => fourDigits(T.values[r * T.cols + c]!)) : [])
  const edges = settings.map(({ id, params }) => {
    const all = estimatorById(id)!.cellEdges(T, params)
    return [id, all.length > drawnEdges ? [] : Array.from(all, fourDigits)] as const
  })
  return {
    width: T.cols,
    units: [unit(0), unit(1)],
    histogram: histogramOf(T.values, bounds),
    edges: Object.fromEntries(edges),
  }
}

function histogramOf(values: Float64Array, bounds: Range | null): Histogram {
  const [low, high] = rangeOf(values)
  const [left, right] = plotted([low, high], bounds)
  const step = Math.max((high - low) / histogramBins, narrowestBin * (right - left))
  const count = Math.min(histogramBins, Math.max(1, Math.ceil((high - low) / step)))
  const from = (low + high - count * step) / 2
  const shares = Array.from({ length: count }, () => 0)
  for (const value of values)
    shares[Math.min(count - 1, Math.max(0, Math.floor((value - from) / step)))]! += 1 / values.length
  return { low, high, span: [from, from + count * step], shares: shares.map(fourDigits) }
}

const fourDigits = (value: number) => Number(value.toPrecision(4))
