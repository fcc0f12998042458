import { estimatorById } from '../../math/estimators/index.ts'
import { rangeOf } from '../../math/estimators/edges.ts'
import type { EstimatorValues } from '../../math/estimators/params.ts'
import type { Samples } from '../../math/estimators/sample.ts'
import { someOf } from './someOf.ts'

/** The most samples that a scatter shows. */
const drawnSamples = 256
const histogramBins = 48
/** More edges than this cannot be told apart. */
const drawnEdges = 400

/** One layer's activations at one epoch, for drawing. */
export interface LayerPicture {
  readonly width: number
  /** The first two units on some samples, four digits; the second is empty in a layer of one unit. */
  readonly units: readonly [first: readonly number[], second: readonly number[]]
  /** Of all units and samples: equal bins from the least value to the greatest, and shares that sum to 1. */
  readonly histogram: { readonly low: number; readonly high: number; readonly shares: readonly number[] }
  /** Where each estimator's cells meet, by its id; none for one without cells, or with too many to draw. */
  readonly edges: Readonly<Record<string, readonly number[]>>
}

/** Which of n samples are drawn. */
export const drawnRows = (n: number): number[] => someOf(n, drawnSamples)

export function layerPicture(
  T: Samples,
  rows: readonly number[],
  settings: readonly { readonly id: string; readonly params: EstimatorValues }[],
): LayerPicture {
  const unit = (c: number) => (c < T.cols ? rows.map((r) => fourDigits(T.values[r * T.cols + c]!)) : [])
  const edges = settings.map(({ id, params }) => {
    const all = estimatorById(id)!.cellEdges(T, params)
    return [id, all.length > drawnEdges ? [] : Array.from(all, fourDigits)] as const
  })
  return {
    width: T.cols,
    units: [unit(0), unit(1)],
    histogram: histogramOf(T.values),
    edges: Object.fromEntries(edges),
  }
}

function histogramOf(values: Float64Array): LayerPicture['histogram'] {
  const [low, high] = rangeOf(values)
  const shares = Array.from({ length: histogramBins }, () => 0)
  const scale = high > low ? histogramBins / (high - low) : 0
  for (const value of values)
    shares[Math.min(histogramBins - 1, Math.floor((value - low) * scale))]! += 1 / values.length
  return { low, high, shares: shares.map(fourDigits) }
}

const fourDigits = (value: number) => Number(value.toPrecision(4))
