import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { softmax } from '../../src/math/normalizers/softmax.ts'
import { scaledExp, scaledExpSum, twoPassSoftmax } from '../../src/math/twoPassSoftmax.ts'
import { logits, seeded, wildLogits } from './normalizers/arbitraries.ts'
import { rowError } from './normalizers/goldenErrors.ts'
import { readGolden } from './normalizers/readGolden.ts'

interface Case {
  readonly id: string
  readonly inputs: { readonly x: number[] }
  readonly outputs: { n: number[]; mantissa: number[]; sum_n: number; sum_mantissa: number; y: number[] }
}
const { cases, tolerance } = readGolden<Case>('two_pass_softmax')
// At 1e30 a logit's neighbours are 1e14 apart: the file says that of its mantissas nothing is meaningful there.
const known = cases.filter(({ inputs }) => inputs.x.every((x) => Math.abs(x) < 1e15))

describe('two-pass softmax', () => {
  it.each(cases)('$id: the weights are within the golden file’s tolerance', ({ inputs, outputs }) => {
    expect(rowError(twoPassSoftmax(inputs.x), outputs.y)).toBeLessThanOrEqual(Number(tolerance.f64))
  })

  it.each(known)('$id: so are the exponents, the mantissas and their sum', ({ inputs, outputs }) => {
    const terms = inputs.x.map(scaledExp)
    expect(terms.map(({ exponent }) => exponent)).toEqual(outputs.n)
    expect(
      rowError(
        terms.map(({ mantissa }) => mantissa),
        outputs.mantissa,
      ),
    ).toBeLessThanOrEqual(1e-15)
    const total = scaledExpSum(inputs.x)
    expect(total.exponent).toBe(outputs.sum_n)
    expect(rowError([total.mantissa], [outputs.sum_mantissa])).toBeLessThanOrEqual(1e-14)
  })

  it('keeps its mantissas between 2^−½ and 2^½, up to rounding', () => {
    const property = fc.property(fc.integer({ min: -1e9, max: 1e9 }), (k) => {
      const { mantissa } = scaledExp(k / 1e5)
      expect(mantissa).toBeGreaterThan(Math.SQRT1_2 * (1 - 1e-11))
      expect(mantissa).toBeLessThan(Math.SQRT2 * (1 + 1e-11))
    })
    fc.assert(property, seeded(500))
  })

  it('is softmax, for usual rows and rows with ±1e4', () => {
    const rows = fc.sample(fc.oneof(logits(), wildLogits), seeded(200))
    // The remainder of 1e4 after 14427 ln 2 carries the rounding of 1e4 · 2⁻⁵³.
    for (const x of rows) expect(rowError(twoPassSoftmax(x), Array.from(softmax(x)))).toBeLessThanOrEqual(3e-12)
  })

  it('gives zeros for a row of −Infinity, and NaN throughout for a NaN or a +Infinity', () => {
    expect(Array.from(twoPassSoftmax([-Infinity, -Infinity]))).toEqual([0, 0])
    expect(Array.from(twoPassSoftmax([-Infinity, 3]))).toEqual([0, 1])
    for (const poison of [NaN, Infinity])
      for (const x of [
        [poison, 1, 2],
        [1, poison, -Infinity],
        [1, 2, poison],
      ])
        expect(twoPassSoftmax(x).every(Number.isNaN)).toBe(true)
  })
})
