import { describe, expect, it } from 'vitest'
import { fromRows, mapEntries, transpose, type Matrix } from '../../../src/math/linalg/matrix.ts'
import { orthonormalColumns, pivotedQr } from '../../../src/math/linalg/pivotedQr.ts'
import { dot, multiply, multiplyTransposed, multiplyVector } from '../../../src/math/linalg/products.ts'
import { linearMap, randomizedSvd } from '../../../src/math/linalg/randomizedSvd.ts'
import { singularValues } from '../../../src/math/linalg/singularValues.ts'
import { solve } from '../../../src/math/linalg/solve.ts'
import { thinSvd } from '../../../src/math/linalg/thinSvd.ts'
import { gaussians } from '../../../src/math/random/gaussian.ts'
import { rng } from '../../../src/math/random/rng.ts'

const randomMatrix = (seed: number, rows: number, cols: number): Matrix => ({
  rows,
  cols,
  values: gaussians(rng(seed), rows * cols),
})
const distance = (a: Matrix, b: Matrix): number => Math.max(...a.values.map((x, i) => Math.abs(x - b.values[i]!)))
const identity = (n: number): Matrix => mapEntries(randomMatrix(0, n, n), (_, r, c) => (r === c ? 1 : 0))

describe('products', () => {
  it('[[1, 2], [3, 4]] by [[5, 6], [7, 8]] is [[19, 22], [43, 50]] (by hand)', () => {
    const a = fromRows([
      [1, 2],
      [3, 4],
    ])
    const b = fromRows([
      [5, 6],
      [7, 8],
    ])
    expect([...multiply(a, b).values]).toEqual([19, 22, 43, 50])
    expect([...multiplyTransposed(a, transpose(b)).values]).toEqual([19, 22, 43, 50])
    expect([...multiplyVector(a, Float64Array.of(5, 7))]).toEqual([19, 43])
    expect(dot(Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(1, 1, 1, 1, 2))).toBe(20)
  })
})

describe.each([
  [40, 12],
  [12, 40],
  [9, 9],
  [5, 1],
  [1, 5],
  [7, 200],
])('thinSvd of a %i by %i matrix', (rows, cols) => {
  const a = randomMatrix(11, rows, cols)
  const { u, s, vt } = thinSvd(a)
  const k = Math.min(rows, cols)

  it('multiplies back to it within 1e-13, with orthonormal factors and the values of singularValues', () => {
    const scaled = mapEntries(u, (x, _, c) => x * s[c]!)
    expect(distance(multiply(scaled, vt), a)).toBeLessThan(1e-13)
    expect(distance(multiply(transpose(u), u), identity(k))).toBeLessThan(1e-13)
    expect(distance(multiplyTransposed(vt, vt), identity(k))).toBeLessThan(1e-13)
    expect(Math.max(...singularValues(a).map((value, i) => Math.abs(value - s[i]!)))).toBeLessThan(1e-13)
  })
})

describe('thinSvd', () => {
  it('of a long matrix of rank 3 leaves the other values at rounding, and all factors orthonormal, at any scale', () => {
    for (const scale of [1, 2 ** -900, 2 ** 900]) {
      const a = multiply(randomMatrix(12, 90, 3), randomMatrix(13, 3, 8))
      const { u, s, vt } = thinSvd(mapEntries(a, (x) => x * scale))
      expect(s[2]! / scale).toBeGreaterThan(1)
      expect(s[3]! / s[0]!).toBeLessThan(1e-15)
      expect(distance(multiply(transpose(u), u), identity(8))).toBeLessThan(1e-13)
      expect(distance(multiplyTransposed(vt, vt), identity(8))).toBeLessThan(1e-13)
    }
  })
})

describe('pivotedQr', () => {
  it('takes the longest column first, and shows rank 3 of a product as three large diagonal entries', () => {
    const a = multiply(randomMatrix(21, 20, 3), randomMatrix(22, 3, 15))
    const { pivots, diagonal } = pivotedQr(a)
    const lengths = Array.from({ length: 15 }, (_, c) =>
      Math.hypot(...transpose(a).values.subarray(c * 20, c * 20 + 20)),
    )
    expect(pivots[0]).toBe(lengths.indexOf(Math.max(...lengths)))
    expect([...pivots].toSorted((x, y) => x - y)).toEqual(lengths.map((_, c) => c))
    expect(diagonal[2]! / diagonal[0]!).toBeGreaterThan(0.01)
    expect(diagonal[3]! / diagonal[0]!).toBeLessThan(1e-14)
  })

  it('orthonormalColumns spans the columns: Q Qᵀ A is A within 1e-13', () => {
    const a = randomMatrix(23, 30, 7)
    const q = orthonormalColumns(a)
    expect(distance(multiply(transpose(q), q), identity(7))).toBeLessThan(1e-14)
    expect(distance(multiply(q, multiply(transpose(q), a)), a)).toBeLessThan(1e-13)
  })
})

describe('solve', () => {
  it('gives back x from A x within 1e-11, and needs its row exchange', () => {
    const a = randomMatrix(31, 25, 25)
    const x = gaussians(rng(32), 25)
    const found = solve(a, multiplyVector(a, x))
    expect(Math.max(...x.map((value, i) => Math.abs(value - found[i]!)))).toBeLessThan(1e-11)
    expect([
      ...solve(
        fromRows([
          [0, 1],
          [2, 0],
        ]),
        [3, 4],
      ),
    ]).toEqual([2, 3])
  })

  it('refuses a singular matrix', () => {
    expect(() =>
      solve(
        fromRows([
          [1, 2],
          [2, 4],
        ]),
        [1, 1],
      ),
    ).toThrow('solve: the matrix is singular (column 1)')
  })
})

/** A B with every product and sum rounded to float32, as a GPU does it. */
const multiplySingle = (a: Matrix, b: Matrix): Matrix => ({
  rows: a.rows,
  cols: b.cols,
  values: Float64Array.from({ length: a.rows * b.cols }, (_, i) => {
    const [r, c] = [Math.floor(i / b.cols), i % b.cols]
    let sum = 0
    for (let k = 0; k < a.cols; k++) {
      const product = Math.fround(Math.fround(a.values[r * a.cols + k]!) * Math.fround(b.values[k * b.cols + c]!))
      sum = Math.fround(sum + product)
    }
    return sum
  }),
})

describe('randomizedSvd', () => {
  const low = multiply(randomMatrix(41, 200, 10), randomMatrix(42, 10, 300))

  it('of rank 10 gives its ten values within 1e-12 of the largest, and the matrix back', async () => {
    const exact = singularValues(low)
    const { u, s, vt } = await randomizedSvd(linearMap(low), 10, rng(1))
    expect(Math.max(...s.map((value, i) => Math.abs(value - exact[i]!)))).toBeLessThan(1e-12 * exact[0]!)
    expect(
      distance(
        multiply(
          mapEntries(u, (x, _, c) => x * s[c]!),
          vt,
        ),
        low,
      ),
    ).toBeLessThan(1e-11)
  })

  it('with products in float32 keeps 1e-6 of the largest value and shows a floor near 1e-7 that is not there', async () => {
    const exact = singularValues(low)
    const rough = {
      ...linearMap(low),
      apply: (x: Matrix) => multiplySingle(low, x),
      applyTransposed: (y: Matrix) => multiplySingle(transpose(low), y),
    }
    const { s } = await randomizedSvd(rough, 20, rng(1))
    expect(Math.max(...exact.subarray(0, 10).map((value, i) => Math.abs(value - s[i]!)))).toBeLessThan(1e-6 * exact[0]!)
    expect(s[12]! / exact[0]!).toBeLessThan(1e-6)
    expect(s[12]! / exact[0]!).toBeGreaterThan(1e-10)
  })

  it('reports between its steps, and ends with what is thrown there', async () => {
    const fractions: number[] = []
    await randomizedSvd(linearMap(low), 10, rng(1), { between: (fraction) => void fractions.push(fraction) })
    expect(fractions).toEqual([0.25, 0.5, 0.75, 1])
    const stop = () => {
      throw new Error('enough')
    }
    await expect(randomizedSvd(linearMap(low), 10, rng(1), { between: stop })).rejects.toThrow('enough')
  })

  it('of entries near 1e200 has their values within 1e-12 of the largest', async () => {
    const large = mapEntries(low, (x) => x * 1e200)
    const exact = singularValues(large)
    const { s } = await randomizedSvd(linearMap(large), 10, rng(1))
    expect(Math.max(...s.map((value, i) => Math.abs(value - exact[i]!)))).toBeLessThan(1e-12 * exact[0]!)
  })

  it('refuses a rank of 0 and one beyond the matrix', async () => {
    await expect(randomizedSvd(linearMap(low), 0, rng(1))).rejects.toThrow('rank 0; it must be 1 to 200')
    await expect(randomizedSvd(linearMap(low), 201, rng(1))).rejects.toThrow('rank 201; it must be 1 to 200')
  })
})
