import { describe, expect, it } from 'vitest'
import { layerPicture } from '../../src/panels/informationPlane/layerPicture.ts'
import { plotted } from '../../src/panels/informationPlane/layerRange.ts'

const layer = (values: readonly number[], cols = 1) => ({
  rows: values.length / cols,
  cols,
  values: Float64Array.from(values),
})
const histogramOf = (values: readonly number[], bounds: readonly [number, number] | null) =>
  layerPicture(layer(values), [0], [], bounds).histogram
/** Widths of one bin and of the plot. */
const widths = (values: readonly number[], bounds: readonly [number, number] | null) => {
  const { low, high, span, shares } = histogramOf(values, bounds)
  const [left, right] = plotted([low, high], bounds)
  return { bin: (span[1] - span[0]) / shares.length, plot: right - left, left, right, span }
}

describe('the histogram of a layer', () => {
  for (const { name, values, bounds } of [
    { name: 'a dead ReLU layer', values: [0, 0, 0, 0], bounds: null },
    { name: 'a layer that gives 1e9 throughout', values: [1e9, 1e9], bounds: null },
    {
      name: 'a tanh layer that is 1 but for rounding',
      values: [0.9999999999999867, 1, 1, 1],
      bounds: [-1, 1] as const,
    },
    { name: 'a tanh layer that is exactly −1', values: [-1, -1], bounds: [-1, 1] as const },
  ])
    it(`shows ${name} as one bar that can be seen, around its value`, () => {
      expect(histogramOf(values, bounds).shares).toEqual([1])
      const { bin, plot, left, right, span } = widths(values, bounds)
      expect(bin / plot).toBeGreaterThanOrEqual(0.0099)
      expect(span[0]).toBeLessThan(values[0]!)
      expect(span[1]).toBeGreaterThan(values.at(-1)!)
      expect(span[0]).toBeGreaterThan(left)
      expect(span[1]).toBeLessThan(right)
    })

  it('has no bin too narrow to be seen where values lie close together, and loses none of them', () => {
    const values = Array.from({ length: 200 }, (_, i) => 0.5 + i / 10_000)
    const { bin, plot } = widths(values, [-1, 1])
    expect(bin / plot).toBeGreaterThanOrEqual(0.0099)
    expect(histogramOf(values, [-1, 1]).shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 3)
  })

  it('goes from the least value to the greatest in 48 bins where they lie apart', () => {
    const { span, shares } = histogramOf([-1, -1, 0.999, 1], [-1, 1])
    expect(span[0]).toBeCloseTo(-1, 12)
    expect(span[1]).toBeCloseTo(1, 12)
    expect(shares.length).toBe(48)
    expect([shares[0], shares[47]]).toEqual([0.5, 0.5])
  })

  it('is drawn with what noise carries beyond the bounds of the activation', () => {
    const [left, right] = plotted([-1.7, 2], [-1, 1])
    expect(left).toBeLessThan(-1.7)
    expect(right).toBeGreaterThan(2)
  })
})
