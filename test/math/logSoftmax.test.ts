import { describe, expect, it } from 'vitest'
import { logSoftmax, logSoftmaxVjp } from '../../src/math/logSoftmax.ts'
import { logSumExp } from '../../src/math/logSumExp.ts'
import { probeError, rowError } from './normalizers/goldenErrors.ts'
import { type Probe, readGolden, rowOf } from './normalizers/readGolden.ts'

const { cases, tolerance } = readGolden('log_softmax')
const tolerances = tolerance.f64 as { readonly y: number; readonly vjp: number; readonly jacobian: number }
const errorOf = (got: Float64Array, want: readonly number[] | Probe) =>
  'idx' in want ? probeError(got, want) : rowError(got, want)

describe('log-softmax', () => {
  it.each(cases)('$id: values, vjp and Jacobian are within the golden file’s tolerance', (each) => {
    const x = rowOf(each.x)
    // The file writes 0 for the −Infinity of a masked entry.
    const y = logSoftmax(x).map((value) => (value === -Infinity ? 0 : value))
    expect(errorOf(y, each.y)).toBeLessThanOrEqual(tolerances.y)
    expect(errorOf(logSoftmaxVjp(x, rowOf(each.cotangent)), each.vjp)).toBeLessThanOrEqual(tolerances.vjp)
    const rows = each.jacobian ?? []
    const got = rows.flatMap((_row, i) =>
      Array.from(
        logSoftmaxVjp(
          x,
          x.map((_value, j) => (i === j ? 1 : 0)),
        ),
      ),
    )
    expect(rowError(got, rows.flat())).toBeLessThanOrEqual(tolerances.jacobian)
  })

  it('logSoftmax([0, ln 3]) is [−ln 4, ln 3 − ln 4] (by hand)', () => {
    const [a, b] = logSoftmax([0, Math.log(3)])
    expect(a).toBeCloseTo(-Math.log(4), 15)
    expect(b).toBeCloseTo(Math.log(0.75), 15)
  })

  it('keeps a masked entry at −Infinity and gives it no gradient', () => {
    expect(Array.from(logSoftmax([0, -Infinity, 0]))).toEqual([-Math.LN2, -Infinity, -Math.LN2])
    expect(Array.from(logSoftmaxVjp([0, -Infinity, 0], [1, 5, 0]))).toEqual([0.5, 0, -0.5])
    expect(Array.from(logSoftmax([-Infinity, -Infinity]))).toEqual([-Infinity, -Infinity])
  })

  it('is NaN throughout for a NaN or a +Infinity', () => {
    for (const poison of [NaN, Infinity]) expect(logSoftmax([0, poison, -Infinity]).every(Number.isNaN)).toBe(true)
  })
})

describe('logSumExp', () => {
  it('logSumExp([1e4, 1e4]) is 1e4 + ln 2 and of nothing −Infinity', () => {
    expect(logSumExp([1e4, 1e4])).toBeCloseTo(1e4 + Math.LN2, 11)
    expect(logSumExp([])).toBe(-Infinity)
    expect(logSumExp([-Infinity])).toBe(-Infinity)
    expect(logSumExp([NaN, 1])).toBeNaN()
    expect(logSumExp([Infinity, 1])).toBeNaN()
  })
})
