import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BoundedSimplex } from '../../../src/math/linalg/boundedSimplex.ts'
import { hullInPlane, hullInSpace } from '../../../src/math/linalg/hulls.ts'
import { fromRows, transpose, type Matrix } from '../../../src/math/linalg/matrix.ts'
import { nnls, type NnlsColumns } from '../../../src/math/linalg/nnls.ts'
import { dot, multiplyVector, norm, transposedMultiplyVector } from '../../../src/math/linalg/products.ts'
import { gaussians } from '../../../src/math/random/gaussian.ts'
import { rng } from '../../../src/math/random/rng.ts'

const randomMatrix = (seed: number, rows: number, cols: number): Matrix => ({
  rows,
  cols,
  values: gaussians(rng(seed), rows * cols),
})

const columnsOf = (a: Matrix): NnlsColumns => ({
  rows: a.rows,
  count: a.cols,
  gradient: (r, out) => out.set(transposedMultiplyVector(a, r)),
  column: (j) => transpose(a).values.slice(j * a.rows, (j + 1) * a.rows),
})

describe('nnls', () => {
  it('of A = [[1, 1], [0, 1]], b = (1, −1) is x = (1, 0) (by hand: the free fit (2, −1) is not allowed)', () => {
    const fit = nnls(
      columnsOf(
        fromRows([
          [1, 1],
          [0, 1],
        ]),
      ),
      Float64Array.of(1, -1),
    )
    expect(fit.support).toEqual([0])
    expect([...fit.weights]).toEqual([1])
    expect([...fit.residual]).toEqual([0, -1])
  })

  it('meets the conditions that only the best fit meets: x > 0 on the support, no column with a positive gradient', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 30 }),
        (seed, rows, count) => {
          const a = randomMatrix(seed, rows, count)
          const b = gaussians(rng(seed + 1), rows)
          const { support, weights, residual } = nnls(columnsOf(a), b)
          expect(weights.every((x) => x > 0)).toBe(true)
          const x = new Float64Array(count)
          support.forEach((j, k) => (x[j] = weights[k]!))
          const direct = multiplyVector(a, x).map((value, i) => b[i]! - value)
          expect(norm(direct.map((value, i) => value - residual[i]!))).toBeLessThan(1e-12)
          const gradient = transposedMultiplyVector(a, residual)
          expect(Math.max(...gradient)).toBeLessThan(1e-11)
          expect(Math.max(0, ...support.map((j) => Math.abs(gradient[j]!)))).toBeLessThan(1e-11)
        },
      ),
      { seed: 9, numRuns: 300 },
    )
  })

  it('takes columns that repeat, and ends', () => {
    const a = fromRows([
      [1, 1, 1, 0],
      [1, 1, 1, 1],
    ])
    const { weights, residual } = nnls(columnsOf(a), Float64Array.of(2, 5))
    expect(norm(residual)).toBeLessThan(1e-14)
    expect(weights.reduce((sum, x) => sum + x, 0)).toBeCloseTo(5, 12)
  })
})

describe('BoundedSimplex', () => {
  it('max x + y within x + 2y ≤ 4, 3x + y ≤ 6 is 2.8 at (1.6, 1.2) (by hand), and min x + y is 0 from there', () => {
    const columns = fromRows([
      [1, 3],
      [2, 1],
      [1, 0],
      [0, 1],
    ])
    const program = new BoundedSimplex(columns, Float64Array.of(4, 6), new Float64Array(4).fill(Infinity), [2, 3])
    expect(program.minimise(Float64Array.of(-1, -1, 0, 0))).toBeCloseTo(-2.8, 14)
    expect(program.solution()[0]).toBeCloseTo(1.6, 14)
    expect(program.solution()[1]).toBeCloseTo(1.2, 14)
    expect(program.minimise(Float64Array.of(1, 1, 0, 0))).toBeCloseTo(0, 14)
  })

  it('minds upper bounds: max x + y within x + y ≤ 4, x ≤ 1, y ≤ 2 is 3', () => {
    const columns = fromRows([[1], [1], [1]])
    const program = new BoundedSimplex(columns, Float64Array.of(4), Float64Array.of(1, 2, Infinity), [2])
    expect(program.minimise(Float64Array.of(-1, -1, 0))).toBe(-3)
  })

  it('says when a cost has no lower bound, and when a basis is dependent', () => {
    const upper = new Float64Array(2).fill(Infinity)
    const program = new BoundedSimplex(fromRows([[1], [-1]]), Float64Array.of(0), upper, [0])
    expect(() => program.minimise(Float64Array.of(-1, -1))).toThrow('the cost has no lower bound')
    expect(
      () =>
        new BoundedSimplex(
          fromRows([
            [1, 1],
            [2, 2],
          ]),
          new Float64Array(2),
          upper,
          [0, 1],
        ),
    ).toThrow('dependent')
  })

  it('finds no less than the best of all vertices of random programs', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        // Two rows of slack and four variables in [0, 1]: every vertex has at most two that are strictly between.
        const a = randomMatrix(seed, 4, 2).values.map(Math.abs)
        const columns = fromRows([...[0, 1, 2, 3].map((j) => a.subarray(2 * j, 2 * j + 2)), [1, 0], [0, 1]])
        const b = Float64Array.of(1.5, 1.5)
        const cost = Float64Array.of(...gaussians(rng(seed + 1), 4), 0, 0)
        const upper = Float64Array.of(1, 1, 1, 1, Infinity, Infinity)
        const value = new BoundedSimplex(columns, b, upper, [4, 5]).minimise(cost)
        const grid = [0, 0.25, 0.5, 0.75, 1]
        let best = Infinity
        for (const x of grid)
          for (const y of grid)
            for (const z of grid)
              for (const t of grid) {
                const point = Float64Array.of(x, y, z, t)
                const uses = (r: number) => point.reduce((sum, value_, j) => sum + value_ * a[2 * j + r]!, 0)
                if (uses(0) <= 1.5 && uses(1) <= 1.5) best = Math.min(best, dot(point, cost.subarray(0, 4)))
              }
        expect(value).toBeLessThanOrEqual(best + 1e-12)
      }),
      { seed: 2, numRuns: 100 },
    )
  })
})

describe('hulls', () => {
  it('of a square with its middle and a point on an edge are the four corners, counter-clockwise', () => {
    const hull = hullInPlane(
      fromRows([
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
        [0.5, 0.5],
        [0.5, 0],
      ]),
    )
    const from = hull.indexOf(0)
    expect([...hull.slice(from), ...hull.slice(0, from)]).toEqual([0, 1, 2, 3])
  })

  it('of a cube with its middle are twelve triangles over eight corners, every edge walked once each way', () => {
    const corners = [0, 1].flatMap((x) => [0, 1].flatMap((y) => [0, 1].map((z) => [x, y, z])))
    const faces = hullInSpace(fromRows([...corners, [0.5, 0.5, 0.5]]))
    expect(faces.length).toBe(12)
    expect([...new Set(faces.flat())].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    const edges = faces.flatMap(([p, q, r]) => [`${p} ${q}`, `${q} ${r}`, `${r} ${p}`])
    expect(new Set(edges).size).toBe(36)
    expect(edges.every((edge) => edges.includes(edge.split(' ').reverse().join(' ')))).toBe(true)
  })

  it('of points in one plane has no triangles; of two points in the plane is both', () => {
    expect(
      hullInSpace(
        fromRows([
          [0, 0, 1],
          [1, 0, 1],
          [0, 1, 1],
          [1, 1, 1],
        ]),
      ),
    ).toEqual([])
    expect(
      hullInPlane(
        fromRows([
          [0, 0],
          [1, 1],
        ]),
      ),
    ).toEqual([0, 1])
    expect(() => hullInPlane(fromRows([[0, 0, 0]]))).toThrow('points have 3 coordinates, not 2')
  })
})
