import { describe, expect, it } from 'vitest'
import { irwinHall, portableNormals } from '../../../src/math/bottleneck/portableNormals.ts'
import { roundMatrix, type Precision } from '../../../src/math/bottleneck/precision.ts'
import { mulberry32 } from '../../../src/math/random/mulberry32.ts'
import { golden } from './fixtures.ts'

const file = golden<{
  cases: { seed: number; u32: number[]; ih12: number[]; index512: number[] }[]
  matrices: {
    seed: number
    rows: number
    cols: number
    scale: number
    rowMajor: number[]
    check64x32: { sum: number; sumSquares: number; first: number; last: number }
  }[]
  rounding: Record<'x' | 'f32' | 'f16' | 'bf16' | 'int8_symmetric' | 'dec4', number[]>
}>('prng')

describe('portable random numbers', () => {
  it.each(file.cases)(
    'seed $seed gives the golden words, normals and indices exactly',
    ({ seed, u32, ih12, index512 }) => {
      const words = mulberry32(seed)
      expect(u32.map(() => words() * 2 ** 32)).toEqual(u32)
      const normals = mulberry32(seed)
      expect(ih12.map(() => irwinHall(normals))).toEqual(ih12)
      const indices = mulberry32(seed)
      expect(index512.map(() => Math.floor(indices() * 512))).toEqual(index512)
    },
  )

  it.each(file.matrices)('matrix of seed $seed is the golden one, entry for entry', (matrix) => {
    const { seed, rows, cols, scale, rowMajor, check64x32 } = matrix
    expect([...portableNormals(seed, rows, cols, scale).values]).toEqual(rowMajor)
    const { values } = portableNormals(seed, 64, 32, scale)
    const sum = values.reduce((total, x) => total + x, 0)
    const sumSquares = values.reduce((total, x) => total + x * x, 0)
    // 1e-12 relative: the order of a sum of 2048 terms is not fixed.
    expect(Math.abs(sum / check64x32.sum - 1)).toBeLessThan(1e-12)
    expect(Math.abs(sumSquares / check64x32.sumSquares - 1)).toBeLessThan(1e-12)
    expect([values[0], values.at(-1)]).toEqual([check64x32.first, check64x32.last])
  })
})

describe('rounding', () => {
  const { x } = file.rounding
  it.each<[string, Precision, number[]]>([
    ['f32', 'f32', file.rounding.f32],
    ['f16', 'f16', file.rounding.f16],
    ['bf16', 'bf16', file.rounding.bf16],
    ['4 decimals', { decimals: 4 }, file.rounding.dec4],
    ['int8', 'int8', file.rounding.int8_symmetric],
  ])('to %s gives the golden numbers exactly', (_, precision, expected) => {
    const values = Float64Array.from(x.slice(0, expected.length))
    expect([...roundMatrix({ rows: 1, cols: values.length, values }, precision).values]).toEqual(expected)
  })

  it('to f16 keeps 65504, makes 65520 infinite, and 2^-25 · 1.5 the smallest subnormal', () => {
    const values = Float64Array.of(65504, 65519, 65520, -65520, 1.5 * 2 ** -25, 2 ** -25)
    expect([...roundMatrix({ rows: 1, cols: 6, values }, 'f16').values]).toEqual([
      65504,
      65504,
      Infinity,
      -Infinity,
      2 ** -24,
      0,
    ])
  })
})
