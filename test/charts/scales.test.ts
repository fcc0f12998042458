import { describe, expect, it } from 'vitest'
import { bandGap } from '../../src/charts/bandGap.ts'
import { barPath, zeroPath } from '../../src/charts/barPath.ts'
import { columnRuns } from '../../src/charts/columnRuns.ts'
import { frameScales } from '../../src/charts/frameScales.ts'
import { logitDomain, weightDomain } from '../../src/charts/niceDomain.ts'

const noMargins = { top: 0, right: 0, bottom: 0, left: 0 }

describe('frameScales', () => {
  const scales = frameScales(
    400,
    100,
    noMargins,
    { kind: 'band', count: 4, gap: 0.5 },
    { kind: 'linear', low: 0, high: 1 },
  )

  it('puts four bands of 50 px in the middle of four steps of 100 px', () => {
    expect(scales.bandwidth).toBe(50)
    expect([0, 1, 2, 3].map(scales.x)).toEqual([50, 150, 250, 350])
  })

  it('finds the entry of a pixel, gaps included, and none outside', () => {
    expect([0, 99, 100, 399, 400, -1].map(scales.indexAt)).toEqual([0, 0, 1, 3, null, null])
  })

  it('draws upwards, and reads a pixel back', () => {
    expect([scales.y(0), scales.y(1), scales.y(0.25)]).toEqual([100, 0, 75])
    expect(scales.valueAt(75)).toBe(0.25)
  })
})

describe('barPath', () => {
  const scales = frameScales(
    200,
    100,
    noMargins,
    { kind: 'band', count: 2, gap: 0.5 },
    { kind: 'linear', low: -1, high: 1 },
  )
  const geometry = { sliver: 2, offset: 0, width: 50 }

  it('draws from the base line up, and below it where the value is negative', () => {
    expect(barPath([0.5, -0.5], 0, scales, geometry)).toBe(
      'M25.00 50.00h50.00v-25.00h-50.00zM125.00 50.00h50.00v25.00h-50.00z',
    )
  })

  it('draws nothing for an exact zero and for NaN, and a sliver for a number too small for the scale', () => {
    expect(barPath([0, NaN], 0, scales, geometry)).toBe('')
    expect(barPath([1e-9, -1e-9], 0, scales, geometry)).toBe(
      'M25.00 50.00h50.00v-2.00h-50.00zM125.00 50.00h50.00v2.00h-50.00z',
    )
  })

  it('zeroPath rings exact zeros alone', () => {
    expect(zeroPath([0, 1e-300], scales, 4)).toBe('M46.00 50a4 4 0 1 0 8.00 0a4 4 0 1 0 -8.00 0z')
  })
})

describe('columnRuns', () => {
  it('gives each entry a column where there is a pixel for it', () => {
    const runs = columnRuns([1, 0, -2], 0, 300, (i) => 50 + i * 100)
    expect([...runs.high]).toEqual([1, 0, 0])
    expect([...runs.low]).toEqual([0, 0, -2])
    expect([...runs.zeros]).toEqual([0, 1, 0])
    expect([...runs.left]).toEqual([12.5, 112.5, 212.5])
  })

  it('loses no peak where entries share a pixel', () => {
    const values = new Float64Array(1000).fill(0.1)
    values[777] = 9
    values[778] = -3
    const runs = columnRuns(values, 0, 100, (i) => i / 10)
    expect(runs.high).toHaveLength(100)
    expect(runs.high[77]).toBe(9)
    expect(runs.low[77]).toBe(-3)
    expect(Math.max(...runs.high.filter((_, i) => i !== 77))).toBe(0.1)
  })
})

describe('domains', () => {
  it('weights share few tops, so that the scale rests during a drag', () => {
    expect([0.46, 0.5, 0.51, 0.76, 1].map((high) => weightDomain(0, high)[1])).toEqual([0.5, 0.5, 0.75, 1, 1])
    expect(weightDomain(0, 2.31)[1]).toBeGreaterThanOrEqual(2.31)
  })

  it('weights reach below 0 only where one is negative', () => {
    expect(weightDomain(0, 0.4)[0]).toBe(0)
    expect(weightDomain(-0.2, 0.4)[0]).toBeLessThanOrEqual(-0.2)
  })

  it('logits have air at both ends, 0 on the scale, and do not mind NaN or −Infinity', () => {
    const [low, high] = logitDomain([5, 7, NaN, -Infinity])
    expect(low).toBeLessThanOrEqual(-1)
    expect(high).toBeGreaterThan(7)
    expect(logitDomain([])).toEqual([-1, 0.6])
  })

  it('bandGap keeps a single bar from being a wall: at most 130 px of 1000', () => {
    expect((1 - bandGap(1000, 1, 130)) * 1000).toBeCloseTo(130, 6)
    expect(bandGap(1000, 20, 130)).toBe(0.3)
  })
})
