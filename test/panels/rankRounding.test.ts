import { describe, expect, it } from 'vitest'
import { npyBytes } from '../models/readers/npyBytes.ts'
import { rankOf, withSpectrum } from './rankMatrices.ts'

const rows = withSpectrum(40, 25, [60, 40, 20])
const text = (digits: number) =>
  new TextEncoder().encode(rows.map((row) => row.map((x) => x.toFixed(digits)).join(' ')).join('\n'))
const single = npyBytes(Float32Array.from(rows.flat()), { descr: '<f4', shape: '(40, 25)' })
const exact = npyBytes(Float64Array.from(rows.flat()), { descr: '<f8', shape: '(40, 25)' })
const one = (bytes: Uint8Array, patch = {}) => rankOf({ file: 'a', ...patch }, { files: { a: bytes } })
/** σ(√V + √n) of rounding to steps of `step`: uniform errors have deviation step / √12. */
const edge = (step: number) => (step / Math.sqrt(12)) * (5 + Math.sqrt(40))

describe('the noise floor of a brought matrix', () => {
  it.each([1, 2, 3])('is that of its %d decimals, which nobody had to name, and leaves its rank', async (digits) => {
    const result = await one(text(digits))
    expect(result.noiseEdge).toBeCloseTo(edge(10 ** -digits), 12)
    expect(result.rankAboveNoise).toBe(3)
    expect(result.singularValues[3]).toBeLessThan(1.25 * edge(10 ** -digits))
    expect(result.sentence).toMatch(/Rounding of the entries: \d decimals?, inferred from the entries\.$/)
  })

  it('of float32 is the root mean square of the steps of its entries', async () => {
    const result = await one(single)
    const steps = Array.from(rows.flat(), (x) => 2 ** (Math.floor(Math.log2(Math.abs(x))) - 23))
    expect(result.sigma! / (Math.hypot(...steps) / Math.sqrt(12 * steps.length))).toBeCloseTo(1, 9)
    expect(result.rankAboveNoise).toBe(3)
    expect(result.rounding).toBe('float32, inferred from the entries')
  })

  it('is unknown for float64, whose entries tell nothing', async () => {
    const result = await one(exact)
    expect([result.noiseEdge, result.rankAboveNoise, result.rounding]).toEqual([null, null, 'unknown'])
  })

  it('is that of what a person says, whatever the entries tell', async () => {
    const coarse = await one(text(3), { precision: '1-decimals' })
    expect(coarse.noiseEdge).toBeCloseTo(edge(0.1), 12)
    expect(coarse.rounding).toBe('1 decimal, as you say')
    const none = await one(text(3), { precision: 'f64' })
    expect([none.noiseEdge, none.rounding]).toEqual([null, 'float64, as you say'])
  })

  it('stays after centring, which only projects the errors', async () => {
    const result = await one(text(2), { view: 'centred' })
    expect(result.noiseEdge).toBeCloseTo(edge(0.01), 12)
    // The first right vector is constant, and centring takes it away.
    expect(result.rankAboveNoise).toBe(2)
    // Nor is the zero that it makes of the last of 25 values taken for a cliff.
    expect(result.rankGap).toBe(2)
  })

  it.each(['log-probabilities', 'probabilities'] as const)('is unknown after a softmax: %s', async (view) => {
    for (const precision of ['as-stored', '2-decimals'] as const) {
      const result = await one(text(2), { view, precision })
      expect([result.sigma, result.noiseEdge, result.rankAboveNoise]).toEqual([null, null, null])
      expect(result.rounding).toContain(`what it does to ${view} is unknown`)
    }
  })
})

describe('precisions compared on a brought matrix', () => {
  it('rounds its entries, leaves out what changes none, and lifts the tail to the noise of each step', async () => {
    const { compared } = await one(single, { compare: 'precisions' })
    expect(compared.map(({ label }) => label)).toEqual(['bf16', '2 decimals'])
    const tail = compared[1]!.singularValues[3]! / edge(0.01)
    expect(tail).toBeGreaterThan(0.8)
    expect(tail).toBeLessThan(1)
  })
})
