import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromRows, mapEntries, transpose, type Matrix } from '../../../src/math/linalg/matrix.ts'
import { orthonormalColumns } from '../../../src/math/linalg/pivotedQr.ts'
import { multiply, multiplyTransposed } from '../../../src/math/linalg/products.ts'
import { singularValues, singularValueSteps } from '../../../src/math/linalg/singularValues.ts'
import { gaussians } from '../../../src/math/random/gaussian.ts'
import { rng } from '../../../src/math/random/rng.ts'

const randomMatrix = (seed: number, rows: number, cols: number): Matrix => ({
  rows,
  cols,
  values: gaussians(rng(seed), rows * cols),
})

/** U diag(s) Vᵀ with random orthonormal U and V: a matrix whose singular values are known. */
function withValues(seed: number, rows: number, cols: number, s: Float64Array): Matrix {
  const u = orthonormalColumns(randomMatrix(seed, rows, s.length))
  const v = orthonormalColumns(randomMatrix(seed + 1, cols, s.length))
  return multiplyTransposed(
    mapEntries(u, (x, _, c) => x * s[c]!),
    v,
  )
}

const worst = (actual: Float64Array, expected: Float64Array): number =>
  Math.max(...expected.map((value, i) => Math.abs(actual[i]! - value)))

describe('singularValues', () => {
  it('of [[3, 0], [4, 5]] are √45 and √5 (by hand: the eigenvalues of AᵀA are 45 and 5)', () => {
    const s = singularValues(
      fromRows([
        [3, 0],
        [4, 5],
      ]),
    )
    expect(worst(s, Float64Array.of(Math.sqrt(45), Math.sqrt(5)))).toBeLessThan(1e-14)
  })

  it('of one row is its length, of zeros is zero, of a permutation is one', () => {
    expect([...singularValues(fromRows([[3, 4, 12]]))]).toEqual([13])
    expect([...singularValues(fromRows([[3], [4]]))]).toEqual([5])
    expect([
      ...singularValues(
        fromRows([
          [0, 0],
          [0, 0],
        ]),
      ),
    ]).toEqual([0, 0])
    const s = singularValues(
      fromRows([
        [0, 1, 0],
        [0, 0, 1],
        [1, 0, 0],
      ]),
    )
    expect(worst(s, Float64Array.of(1, 1, 1))).toBeLessThan(1e-15)
  })

  it.each([
    ['square', 60, 60],
    ['tall', 300, 60],
    ['wide', 60, 300],
    ['slightly tall', 70, 60],
  ])('of a %s matrix over 14 decades are known to 1e-14 of the largest', (_, rows, cols) => {
    const known = Float64Array.from({ length: 60 }, (__, i) => 10 ** ((-14 * i) / 59))
    const s = singularValues(withValues(7, rows, cols, known))
    // Building the matrix costs a few ε itself; the goal is 1e-10.
    expect(worst(s, known)).toBeLessThan(1e-14)
  })

  it('finds exact rank 5 as five values and a floor below 1e-14 of the largest', () => {
    const s = singularValues(multiply(randomMatrix(1, 80, 5), randomMatrix(2, 5, 50)))
    expect(s[4]! / s[0]!).toBeGreaterThan(0.1)
    expect(s[5]! / s[0]!).toBeLessThan(1e-14)
  })

  it.each([1e-300, 1e-160, 1e160, 1e300])('scale by %s with the matrix, without overflow', (scale) => {
    const a = randomMatrix(3, 12, 8)
    const s = singularValues(a)
    const scaled = singularValues(mapEntries(a, (x) => x * scale))
    expect(
      worst(
        scaled.map((x) => x / scale),
        s,
      ),
    ).toBeLessThan(1e-14 * s[0]!)
  })

  it('do not change under transposition or order of rows, and their squares sum to the squared entries', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 14 }),
        fc.integer({ min: 1, max: 14 }),
        fc.integer(),
        fc.boolean(),
        (rows, cols, seed, hasZeros) => {
          const raw = randomMatrix(seed, rows, cols)
          const a = hasZeros ? mapEntries(raw, (x) => (Math.abs(x) < 1 ? 0 : Math.round(x))) : raw
          const s = singularValues(a)
          const reversed = { ...transpose(a), values: transpose(a).values.slice().reverse() }
          const size = Math.sqrt(a.values.reduce((sum, x) => sum + x * x, 0))
          expect(worst(singularValues(reversed), s)).toBeLessThanOrEqual(1e-13 * size)
          const squares = s.reduce((sum, x) => sum + x * x, 0)
          expect(Math.abs(Math.sqrt(squares) - size)).toBeLessThanOrEqual(1e-13 * size)
        },
      ),
      { seed: 4, numRuns: 300 },
    )
  })

  it.each([
    [
      'NaN',
      [
        [1, 2],
        [NaN, 4],
      ],
      'singularValues: the entry at row 1, column 0 is NaN; entries must be finite',
    ],
    ['Infinity', [[1, Infinity]], 'singularValues: the entry at row 0, column 1 is Infinity'],
  ])('refuses %s by its place', (_, rows, message) => {
    expect(() => singularValues(fromRows(rows))).toThrow(message)
  })

  it('refuses an empty and a ragged matrix', () => {
    expect(() => singularValues({ rows: 0, cols: 3, values: new Float64Array() })).toThrow(
      'shape [0, 3] with 0 entries',
    )
    expect(() => fromRows([[1, 2], [3]])).toThrow('row 1 has 1 entry, but row 0 has 2')
  })
})

describe('singularValueSteps', () => {
  it.each([
    [90, 40],
    [45, 40],
  ])('of %i by %i reports fractions that rise to 1 and returns the same values', (rows, cols) => {
    const a = randomMatrix(5, rows, cols)
    const steps = singularValueSteps(a)
    const fractions: number[] = []
    let step = steps.next()
    for (; step.done !== true; step = steps.next()) fractions.push(step.value)
    expect(step.value).toEqual(singularValues(a))
    expect(fractions.length).toBeGreaterThan(30)
    expect(fractions.every((x, i) => i === 0 || x >= fractions[i - 1]!)).toBe(true)
    expect(fractions.at(-1)).toBeGreaterThan(0.99)
    expect(fractions.at(-1)).toBeLessThanOrEqual(1)
  })
  it.each([
    [300, 900],
    [900, 300],
  ])('of %i by %i breathes while it copies, and between the sweeps at the end', (rows, cols) => {
    const fractions: number[] = []
    const steps = singularValueSteps(randomMatrix(6, rows, cols))
    for (let step = steps.next(); step.done !== true; step = steps.next()) fractions.push(step.value)
    // Two passes to scale 300 columns and one to copy them, each in parts of 256 or fewer.
    expect(fractions.filter((x) => x === 0).length).toBeGreaterThanOrEqual(6)
    // Two sweeps a value at least.
    expect(fractions.filter((x) => x > 0.98).length).toBeGreaterThan(300)
  })
})
