import { expect, it } from 'vitest'
import { singularValues } from '../../../src/math/linalg/singularValues.ts'

/** 1 where two of n samples share a class, classes drawn as i² mod 7 < 3: a matrix of two blocks of ones, mixed. */
function labelGram(n: number): { values: Float64Array; sizes: number[] } {
  const label = (i: number) => Number((i * i) % 7 < 3)
  const values = Float64Array.from({ length: n * n }, (_, k) => Number(label(Math.floor(k / n)) === label(k % n)))
  const ones = Array.from({ length: n }, (_, i) => label(i)).reduce((sum, each) => sum + each, 0)
  return { values, sizes: [ones, n - ones].sort((a, b) => b - a) }
}

it.each([64, 256, 512])(
  'a label Gram matrix of %i samples has its two class sizes for singular values, then zeros',
  (n) => {
    const { values, sizes } = labelGram(n)
    const s = singularValues({ rows: n, cols: n, values })
    expect(s).toHaveLength(n)
    // Relative to the largest, n at most: a few units of round-off for each sweep.
    expect(Math.max(...s.map((value, i) => Math.abs(value - (sizes[i] ?? 0))))).toBeLessThan(1e-12 * n)
  },
)
