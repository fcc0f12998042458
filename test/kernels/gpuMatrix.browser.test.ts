import { describe, expect, it } from 'vitest'
import { openGpu } from '../../src/engine/tf.ts'
import { openGpuMatrix, type GpuMatrix } from '../../src/kernels/openGpuMatrix.ts'
import { mapEntries, transpose, type Matrix } from '../../src/math/linalg/matrix.ts'
import { multiply } from '../../src/math/linalg/products.ts'
import { gaussians } from '../../src/math/random/gaussian.ts'
import { rng } from '../../src/math/random/rng.ts'

const random = (seed: number, rows: number, cols: number): Matrix => ({
  rows,
  cols,
  values: gaussians(rng(seed), rows * cols),
})
const sizes = (a: Matrix) => mapEntries(a, Math.abs)

/**
 * The largest |error| of a product in units of what float32 may do: rounding both factors and adding n products leaves
 * at most (n + 3) 2⁻²⁴ |A| |X| (Higham 2002, Accuracy and Stability of Numerical Algorithms, section 3.1).
 */
function worstOf(found: Matrix, a: Matrix, x: Matrix): number {
  const [exact, bound] = [multiply(a, x), multiply(sizes(a), sizes(x))]
  const unit = (a.cols + 3) * 2 ** -24
  return Math.max(...exact.values.map((value, i) => Math.abs(value - found.values[i]!) / (unit * bound.values[i]!)))
}

async function opened(a: Matrix): Promise<GpuMatrix> {
  const gpu = await openGpuMatrix(a, true)
  if ('reason' in gpu) throw new Error(gpu.reason)
  return gpu
}

describe('a matrix on the GPU', () => {
  it.each([
    [1, 1, 1],
    [3, 5, 2],
    [7, 64, 1],
    [65, 130, 33],
    [130, 65, 80],
    [4, 1000, 3],
    // More than one part.
    [1100, 1000, 2],
  ])(
    'of %i by %i multiplies %i columns, and so does its transpose, within what float32 may do',
    async (rows, cols, l) => {
      const a = random(1, rows, cols)
      const gpu = await opened(a)
      const [x, y] = [random(2, cols, l), random(3, rows, l)]
      expect(worstOf(await gpu.apply(x), a, x)).toBeLessThanOrEqual(1)
      expect(worstOf(await gpu.applyTransposed(y), transpose(a), y)).toBeLessThanOrEqual(1)
      gpu.dispose()
    },
  )

  it('takes entries far outside float32’s range, and zeros', async () => {
    const a = mapEntries(random(4, 20, 30), (x) => x * 1e200)
    const x = mapEntries(random(5, 30, 4), (value) => value * 1e-250)
    const gpu = await opened(a)
    expect(worstOf(await gpu.apply(x), a, x)).toBeLessThanOrEqual(1)
    expect([...(await gpu.apply(mapEntries(x, () => 0))).values]).toEqual(Array(80).fill(0))
    gpu.dispose()
  })

  it('leaves no buffer behind, and gives the device back', async () => {
    const held = await openGpu()
    if ('reason' in held) throw new Error(held.reason)
    const before = held.buffers()
    const gpu = await opened(random(6, 70, 50))
    await gpu.apply(random(7, 50, 3))
    await gpu.applyTransposed(random(8, 70, 3))
    expect(held.buffers()).toBeGreaterThan(before)
    gpu.dispose()
    expect(held.buffers()).toBe(before)
    held.dispose()
    expect(await gpu.lost).toBe('the device was destroyed')
  })

  it('of a NaN is refused by its place', async () => {
    const hole = mapEntries(random(9, 3, 4), (x, r, c) => (r === 2 && c === 1 ? NaN : x))
    await expect(openGpuMatrix(hole, true)).rejects.toThrow('the entry at row 2, column 1 is NaN')
  })
})
