import { describe, expect, it } from 'vitest'
import { leadingValues, type LookOptions } from '../../src/engine/leadingValues.ts'
import { openGpu } from '../../src/engine/tf.ts'
import { mapEntries, transpose, type Matrix } from '../../src/math/linalg/matrix.ts'
import { orthonormalColumns } from '../../src/math/linalg/pivotedQr.ts'
import { multiply } from '../../src/math/linalg/products.ts'
import { singularValues } from '../../src/math/linalg/singularValues.ts'
import { gaussians } from '../../src/math/random/gaussian.ts'
import { rng } from '../../src/math/random/rng.ts'

const random = (seed: number, rows: number, cols: number): Matrix => ({
  rows,
  cols,
  values: gaussians(rng(seed), rows * cols),
})
const never = new AbortController().signal

/** A matrix with these singular values and no others. */
function withSpectrum(rows: number, cols: number, s: readonly number[]): Matrix {
  const u = orthonormalColumns(random(1, rows, s.length))
  const v = orthonormalColumns(random(2, cols, s.length))
  return multiply(
    mapEntries(u, (x, _, k) => x * s[k]!),
    transpose(v),
  )
}

async function look(a: Matrix, count: number, options: Partial<LookOptions> = {}) {
  const found = await leadingValues(a, count, {
    choice: 'webgpu',
    seed: 7,
    signal: never,
    progress: () => undefined,
    ...options,
  })
  if ('reason' in found) throw new Error(found.reason)
  return found
}
const worst = (found: Float64Array, exact: ArrayLike<number>, count: number) =>
  Math.max(...found.subarray(0, count).map((value, k) => Math.abs(value - exact[k]!)))

describe('the largest singular values, from products on the GPU', () => {
  it.each([
    [300, 500],
    [500, 300],
    [1500, 512],
  ])(
    'of a %i by %i matrix of rank 40 are those of float64 within the floor, which it shows behind them',
    async (rows, cols) => {
      const a = multiply(random(3, rows, 40), random(4, 40, cols))
      const exact = singularValues(a)
      const { values, precision, floor, device } = await look(a, 64)
      // Rounding to 24 bits moves a value by at most 2⁻²⁴ ‖A‖_F, and the sums by about as much.
      expect(floor).toBeCloseTo(2 ** -23 * Math.sqrt(exact.reduce((sum, s) => sum + s * s, 0)), 10)
      expect(worst(values, exact, 40)).toBeLessThan(floor)
      // The 41st value of the matrix is 0, to float64; this one is float32's.
      expect(exact[40]).toBeLessThan(1e-3 * values[40]!)
      expect(values[40]).toBeLessThan(floor)
      expect([precision, values.length]).toEqual(['float32', 64])
      expect(device).toBe('SwiftShader (software)')
    },
  )

  it('that fall by seven decades are found within the floor, the last of them below it', async () => {
    const s = Array.from({ length: 71 }, (_, k) => 10 ** (2 - k / 10))
    const { values, floor } = await look(withSpectrum(200, 150, s), 71)
    expect(worst(values, s, 71)).toBeLessThan(floor)
    expect([s[0]! > floor, s[70]! > floor]).toEqual([true, false])
  })

  it('of entries near 1e200 are those of the same matrix near 1, times 1e200', async () => {
    const a = random(8, 60, 40)
    const [plain, large] = [
      await look(a, 10),
      await look(
        mapEntries(a, (x) => x * 1e200),
        10,
      ),
    ]
    // 1e200 is no power of two: each entry rounds anew, so the last bits of float32 differ.
    expect(
      worst(
        large.values.map((x) => x / 1e200),
        plain.values,
        10,
      ),
    ).toBeLessThan(plain.floor)
    expect(large.floor / 1e200 / plain.floor).toBeCloseTo(1, 12)
  })

  it('are the same again with the same seed', async () => {
    const a = random(5, 60, 40)
    const [first, second] = [await look(a, 10), await look(a, 10)]
    expect([...second.values]).toEqual([...first.values])
  })
})

describe('a look that is not to be had', () => {
  const a = random(6, 60, 40)
  const ask = (options: Partial<LookOptions>) =>
    leadingValues(a, 10, { choice: 'webgpu', seed: 7, signal: never, progress: () => undefined, ...options })

  it('says why: another engine was chosen, or the GPU is emulated and nobody asked for it', async () => {
    for (const choice of ['cpu', 'wasm'] as const)
      expect(await ask({ choice })).toEqual({ reason: 'an engine without a GPU was chosen' })
    expect(await ask({ choice: 'auto' })).toEqual({
      reason: 'WebGPU is SwiftShader (software) here, which loses to loops',
    })
  })

  it('says that the device was lost in the middle of it', async () => {
    const held = await openGpu()
    if ('reason' in held) throw new Error(held.reason)
    const progress = () => held.backend.device.destroy()
    expect(await ask({ progress })).toEqual({
      reason: 'SwiftShader (software) failed: the device was destroyed',
    })
    held.dispose()
  })

  it('ends between two products when it is told to, and leaves no buffer behind', async () => {
    const held = await openGpu()
    if ('reason' in held) throw new Error(held.reason)
    const before = held.buffers()
    const stop = new AbortController()
    const fractions: number[] = []
    const progress = (fraction: number) => {
      fractions.push(fraction)
      stop.abort()
    }
    await expect(ask({ signal: stop.signal, progress })).rejects.toThrow(/abort/i)
    expect(fractions).toEqual([0.2])
    expect(held.buffers()).toBe(before)
    held.dispose()
  })
})
