import { describe, expect, it } from 'vitest'
import { sphericalZLoss } from '../../src/math/sphericalZLoss.ts'
import { zLossRegulariser } from '../../src/math/zLoss.ts'
import { rowError } from './normalizers/goldenErrors.ts'
import { readGolden } from './normalizers/readGolden.ts'

interface RegulariserCase {
  readonly id: string
  readonly params: { readonly reduction: 'mean' | 'sum' | 'none' }
  readonly inputs: { readonly logits: number[][] }
  readonly outputs: { readonly z_loss: number | number[] }
  readonly grad: { readonly logits: number[][] }
}
const regulariser = readGolden<RegulariserCase>('z_regulariser')

interface SphericalCase {
  readonly id: string
  readonly params: { readonly a: number; readonly b: number; readonly target: number }
  readonly inputs: { readonly o: number[] }
  readonly outputs: { readonly z: number; readonly loss: number }
  readonly grad: { readonly o: number[] }
}
const spherical = readGolden<SphericalCase>('zloss')

describe('the z-loss regulariser', () => {
  it.each(regulariser.cases)('$id: value and gradient are within the golden file’s tolerance', (each) => {
    const { logits } = each.inputs
    // The file's mean divides each row's value by the number of rows; its none is a list of rows.
    const weight = each.params.reduction === 'mean' ? 1 / logits.length : 1
    const rows = logits.map((row) => zLossRegulariser(row, weight))
    const values = rows.map(({ value }) => value)
    const got = each.params.reduction === 'none' ? values : [values.reduce((a, b) => a + b)]
    const tolerance = Number(regulariser.tolerance.f64)
    expect(rowError(got, [each.outputs.z_loss].flat())).toBeLessThanOrEqual(tolerance)
    const grads = rows.flatMap(({ grad }) => Array.from(grad))
    expect(rowError(grads, each.grad.logits.flat())).toBeLessThanOrEqual(tolerance)
  })

  it('is 0 with gradient 0 where the normaliser is 1: two logits of −ln 2', () => {
    const { value, grad } = zLossRegulariser([-Math.LN2, -Math.LN2], 1e-4)
    expect(Math.abs(value)).toBeLessThan(1e-30)
    expect(grad.every((each) => Math.abs(each) < 1e-18)).toBe(true)
  })
})

describe('the spherical Z-loss', () => {
  it.each(spherical.cases)('$id: z-score, value and gradient are within the golden file’s tolerance', (each) => {
    const { a, b, target } = each.params
    const got = sphericalZLoss(each.inputs.o, target, a, b)
    const tolerance = Number(spherical.tolerance.f64)
    expect(rowError([got.z, got.value], [each.outputs.z, each.outputs.loss])).toBeLessThanOrEqual(tolerance)
    expect(rowError(got.grad, each.grad.o)).toBeLessThanOrEqual(tolerance)
  })

  it('does not see a shift or a scale of the outputs', () => {
    const { value } = sphericalZLoss([1, 2, 4], 2, 0.5, 3)
    expect(sphericalZLoss([65, 66, 68], 2, 0.5, 3).value).toBeCloseTo(value, 13)
    expect(sphericalZLoss([8, 16, 32], 2, 0.5, 3).value).toBeCloseTo(value, 14)
  })

  it('sphericalZLoss([−1, 1], 1) is ln(1 + 1/e): the z-score of one of two is 1 (by hand)', () => {
    expect(sphericalZLoss([-1, 1], 1).value).toBeCloseTo(Math.log(1 + Math.exp(-1)), 15)
  })

  it('refuses equal outputs, whose deviation is 0, and a target that is not there', () => {
    expect(() => sphericalZLoss([2, 2, 2], 0)).toThrow('all outputs are equal')
    expect(() => sphericalZLoss([1, 2], 2)).toThrow('target is 2; it must be an index from 0 to 1')
  })
})
