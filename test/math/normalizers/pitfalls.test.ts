import { describe, expect, it } from 'vitest'
import { adaptiveTemperature } from '../../../src/math/normalizers/adaptiveTemperature.ts'
import { softmaxN } from '../../../src/math/normalizers/softmaxN.ts'
import { ssmax } from '../../../src/math/normalizers/ssmax.ts'
import { rowError } from './goldenErrors.ts'
import { readGolden } from './readGolden.ts'

interface Pitfall {
  readonly id: string
  readonly params: { readonly peer: string }
  readonly inputs: { readonly x: readonly number[] }
  readonly outputs: { readonly right: readonly number[] | null; readonly wrong: readonly number[] }
}

/** Our map for each family of wrong formulas in the file. */
const ours: readonly (readonly [prefix: string, map: (x: readonly number[]) => Float64Array])[] = [
  ['softmax1_max_subtracted', (x) => softmaxN(x, 1)],
  ['ssmax_subtract', (x) => ssmax(x, 0.43)],
  ['ssmax_one_plus', (x) => ssmax(x, 0.43)],
  ['adaptive_clamped', adaptiveTemperature],
]

const { cases, tolerance } = readGolden<Pitfall>('pitfalls')

describe('formulas found in the wild that are another function', () => {
  it.each(cases)('$id: ours is the right one and not the wrong one', ({ id, inputs, outputs }) => {
    const map = ours.find(([prefix]) => id.startsWith(prefix))?.[1]
    if (!map) throw new Error(`no map of ours for ${id}`)
    const y = map(inputs.x)
    const right = outputs.right ?? Array.from(y)
    expect(rowError(y, right)).toBeLessThanOrEqual(Number(tolerance.f64))
    expect(rowError(y, outputs.wrong)).toBeGreaterThan(100 * Number(tolerance.f64))
  })

  it('softmaxN([−5, −5, −5, −5], 1) spends 0.0262 in all; with the maximum subtracted and the 1 kept it would be 4/5', () => {
    const spent = softmaxN([-5, -5, -5, -5], 1).reduce((a, b) => a + b)
    expect(spent).toBeCloseTo((4 * Math.exp(-5)) / (1 + 4 * Math.exp(-5)), 15)
    expect(spent).toBeLessThan(0.03)
  })

  it('softmaxN tells a row from the row shifted by 5: it is not shift-invariant for n = 1', () => {
    expect(softmaxN([0, 1], 1)[1]).not.toBeCloseTo(softmaxN([5, 6], 1)[1]!, 2)
  })

  it('adaptiveTemperature keeps three logits above 50 apart, where a clamp would make them equal', () => {
    const y = adaptiveTemperature([60, 59.5, 59, 10])
    expect(y[0]! / y[1]!).toBeGreaterThan(Math.exp(0.5) * 0.999)
    expect(y[1]! / y[2]!).toBeCloseTo(y[0]! / y[1]!, 12)
  })
})
