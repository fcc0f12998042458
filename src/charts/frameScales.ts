import { scaleBand, scaleLinear, scaleLog } from 'd3-scale'

/** Entries side by side, each in a band of its own. */
export interface BandScale {
  readonly kind: 'band'
  readonly count: number
  /** Share of a step that stays empty between two bands; default 0.3. */
  readonly gap?: number
}

/** A quantity from `low` to `high`, in data units. */
export interface QuantityScale {
  readonly kind: 'linear' | 'log'
  readonly low: number
  readonly high: number
}

export interface Margins {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

/** Where data lies on a frame of `width` × `height` pixels. */
export interface FrameScales {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** Data → pixels; of a band, its centre. */
  readonly x: (value: number) => number
  readonly y: (value: number) => number
  /** Pixels; 0 where x is a quantity. */
  readonly bandwidth: number
  /** The entry whose band (with half of the gap on each side) holds this pixel, or null outside. */
  readonly indexAt: (pixel: number) => number | null
  readonly valueAt: (pixel: number) => number
  readonly ticksX: (count: number) => number[]
  readonly ticksY: (count: number) => number[]
}

export function frameScales(
  width: number,
  height: number,
  margins: Margins,
  xScale: BandScale | QuantityScale,
  yScale: QuantityScale,
): FrameScales {
  const left = margins.left
  const right = Math.max(left, width - margins.right)
  const top = margins.top
  const bottom = Math.max(top, height - margins.bottom)
  const y = quantity(yScale, bottom, top)
  const box = { width, height, left, right, top, bottom, y, valueAt: y.invert, ticksY: y.ticks }
  if (xScale.kind !== 'band') {
    const x = quantity(xScale, left, right)
    return { ...box, x, bandwidth: 0, indexAt: () => null, ticksX: x.ticks }
  }
  const { count, gap = 0.3 } = xScale
  const band = scaleBand<number>()
    .domain(Array.from({ length: count }, (_, i) => i))
    .range([left, right])
    .paddingInner(gap)
    .paddingOuter(gap / 2)
  const start = band(0) ?? left
  const bandwidth = count === 0 ? 0 : band.bandwidth()
  const step = band.step()
  const origin = start - (step - bandwidth) / 2
  const indexAt = (pixel: number) => {
    const index = Math.floor((pixel - origin) / step)
    return index >= 0 && index < count ? index : null
  }
  return { ...box, x: (index) => start + bandwidth / 2 + index * step, bandwidth, indexAt, ticksX: () => [] }
}

interface Quantity {
  (value: number): number
  readonly invert: (pixel: number) => number
  readonly ticks: (count: number) => number[]
}

function quantity({ kind, low, high }: QuantityScale, from: number, to: number): Quantity {
  const scale = (kind === 'log' ? scaleLog() : scaleLinear()).domain([low, high]).range([from, to])
  return Object.assign((value: number) => scale(value), {
    invert: (pixel: number) => scale.invert(pixel),
    ticks: (count: number) => scale.ticks(count),
  })
}
