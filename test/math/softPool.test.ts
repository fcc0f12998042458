import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { softPool, softPool2d, softPool2dVjp, softPoolGrad } from '../../src/math/softPool.ts'
import { logits, seeded } from './normalizers/arbitraries.ts'
import { probeError, rowError } from './normalizers/goldenErrors.ts'
import { type GoldenCase, type Probe, readGolden, rowOf } from './normalizers/readGolden.ts'

type PoolCase = Omit<GoldenCase, 'y' | 'cotangent'> & { readonly y: number; readonly cotangent: number }
const one = readGolden<PoolCase>('softpool')
const tolerances = one.tolerance.f64 as { readonly y: number; readonly vjp: number }
const errorOf = (got: Float64Array, want: readonly number[] | Probe) =>
  'idx' in want ? probeError(got, want) : rowError(got, want)

interface GridCase {
  readonly id: string
  readonly params: { readonly kernel: number }
  readonly inputs: { readonly x: number[][]; readonly cotangent: number[][] }
  readonly outputs: { readonly out: number[][] }
  readonly grad: { readonly x: number[][] }
}
const two = readGolden<GridCase>('softpool2d')
const flat = (rows: readonly Float64Array[]) => rows.flatMap((row) => Array.from(row))

describe('SoftPool', () => {
  it.each(one.cases)('$id: value and gradient are within the golden file’s tolerance', ({ x, y, cotangent, vjp }) => {
    const row = rowOf(x)
    expect(rowError([softPool(row)], [y])).toBeLessThanOrEqual(tolerances.y)
    const back = softPoolGrad(row).map((value) => value * cotangent)
    expect(errorOf(back, vjp)).toBeLessThanOrEqual(tolerances.vjp)
  })

  it.each(two.cases)('$id: pools a picture within the golden file’s tolerance', ({ params, inputs, outputs, grad }) => {
    const { kernel } = params
    expect(rowError(flat(softPool2d(inputs.x, kernel)), outputs.out.flat())).toBeLessThanOrEqual(
      Number(two.tolerance.f64),
    )
    const back = softPool2dVjp(inputs.x, inputs.cotangent, kernel)
    expect(rowError(flat(back), grad.x.flat())).toBeLessThanOrEqual(Number(two.tolerance.f64))
  })

  it('lies between the mean and the maximum', () => {
    const property = fc.property(logits(), (x) => {
      const mean = x.reduce((a, b) => a + b) / x.length
      expect(softPool(x)).toBeGreaterThanOrEqual(mean - 1e-14)
      expect(softPool(x)).toBeLessThanOrEqual(Math.max(...x))
    })
    fc.assert(property, seeded(200))
  })

  it('falls when an entry far below the value rises', () => {
    expect(softPoolGrad([0, 3])[0]).toBeLessThan(0)
    expect(softPool([0.1, 3])).toBeLessThan(softPool([0, 3]))
  })

  it('is 0 for a region with nothing in it, and NaN for one with a NaN or a +Infinity', () => {
    expect(softPool([-Infinity, -Infinity])).toBe(0)
    expect(Array.from(softPoolGrad([-Infinity, -Infinity]))).toEqual([0, 0])
    expect(softPool([NaN, 1])).toBeNaN()
    expect(softPool([NaN])).toBeNaN()
    expect(softPool([Infinity, 1])).toBeNaN()
  })

  it('leaves out what does not fill a window, and refuses ragged rows and a kernel of 0', () => {
    const x = [
      [1, 1, 9],
      [1, 1, 9],
      [9, 9, 9],
    ]
    expect(flat(softPool2d(x, 2))).toEqual([1])
    expect(flat(softPool2dVjp(x, [[4]], 2))).toEqual([1, 1, 0, 1, 1, 0, 0, 0, 0])
    expect(() => softPool2d([[1, 2], [3]], 1)).toThrow('row 1 has 1 entry; it must have 2')
    expect(() => softPool2d(x, 0)).toThrow('kernel is 0; it must be a whole number')
  })
})
