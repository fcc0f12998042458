import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openWebGpu, type RowWork, type WebGpuRows } from '../../src/kernels/openWebGpu.ts'
import { softmax } from '../../src/math/normalizers/softmax.ts'
import { gaussians } from './rowCases.ts'

let gpu: WebGpuRows
const opened = async () => {
  const found = await openWebGpu()
  if ('reason' in found) throw new Error(found.reason)
  return found
}
beforeAll(async () => {
  gpu = await opened()
})
afterEach(() => {
  if (gpu.buffers() !== 0) throw new Error(`${gpu.buffers()} buffers were left behind`)
})
afterAll(() => gpu.dispose())

const work = (rows: number, cols: number, x: RowWork['x'], more: Partial<RowWork> = {}): RowWork => ({
  kind: 'forward',
  normalizer: 'softmax',
  params: { T: 1 },
  rows,
  cols,
  x,
  ...more,
})

describe('openWebGpu', () => {
  it('takes float64 logits and gives float32 weights within 1e-6', async () => {
    const { y } = await gpu.rows(work(1, 3, Float64Array.of(1, 2, 3)))
    softmax([1, 2, 3]).forEach((want, i) => expect(Math.abs(y[i]! - want)).toBeLessThan(1e-6))
  })

  it('a NaN or +∞ makes its whole row NaN and no other; −∞ and masked entries weigh 0, NaN or not', async () => {
    const x = Float64Array.of(0, NaN, 0, Infinity, 0, -Infinity, 0, NaN)
    const { y } = await gpu.rows(work(4, 2, x, { mask: Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 0) }))
    expect([...y]).toEqual([NaN, NaN, NaN, NaN, 1, 0, 1, 0])
  })

  it('a row with nothing kept is all zeros, forward and vjp', async () => {
    const all = { mask: new Uint8Array(4), cotangent: Float64Array.of(1, 2, 3, 4) }
    for (const kind of ['forward', 'vjp'] as const)
      for (const normalizer of ['softmax', 'sparsemax', 'log-softmax']) {
        const { y } = await gpu.rows(work(1, 4, Float64Array.of(1, 2, 3, 4), { kind, normalizer, ...all }))
        expect([...y]).toEqual([0, 0, 0, 0])
      }
  })

  it('a cotangent that is not finite spoils its row if its entry is kept', async () => {
    const vjp = { kind: 'vjp', cotangent: Float64Array.of(1, NaN, NaN, 1), mask: Uint8Array.of(1, 1, 0, 1) } as const
    const { y } = await gpu.rows(work(2, 2, new Float64Array(4), vjp))
    expect([...y]).toEqual([NaN, NaN, 0, 0])
  })

  it('refuses what it has no kernel for, and says why', () => {
    expect(gpu.refuses(work(1, 1, new Float32Array(1)))).toBeNull()
    expect(gpu.refuses(work(1, 1, new Float32Array(1), { normalizer: 'gumbel' }))).toBe('there is no kernel for gumbel')
    expect(gpu.refuses(work(1, 1, new Float32Array(1), { normalizer: 'entmax', params: { alpha: 0.5 } }))).toBe(
      'the entmax kernel takes alpha from 1 up',
    )
    expect(gpu.refuses(work(1, 2 ** 30, new Float32Array(1)))).toMatch(/^a row has 1073741824 entries; .+ takes \d+$/)
  })

  it('rejects arrays of another length, logits beyond 9e19, and a vjp without cotangent', async () => {
    await expect(gpu.rows(work(2, 2, new Float32Array(3)))).rejects.toThrow('x has 3 entries; [2, 2] has 4')
    await expect(gpu.rows(work(1, 2, Float64Array.of(0, 1e20)))).rejects.toThrow('logit 1 is 100000000000000000000')
    await expect(gpu.rows(work(1, 1, new Float32Array(1), { kind: 'vjp' }))).rejects.toThrow('a vjp needs a cotangent')
  })

  it('no rows and no columns give an empty result', async () => {
    expect((await gpu.rows(work(0, 5, new Float32Array(0)))).y).toHaveLength(0)
    expect((await gpu.rows(work(5, 0, new Float32Array(0)))).y).toHaveLength(0)
  })

  it('works in slices: reports each, gives the same weights, and stops between two when told to', async () => {
    const [rows, cols] = [3, 2 ** 21 + 4]
    const x = Float32Array.from({ length: rows * cols }, (_, i) => (i % 97) / 10)
    const seen: number[] = []
    const { y } = await gpu.rows(work(rows, cols, x), { onProgress: (fraction) => seen.push(fraction) })
    expect(seen).toEqual([1 / 3, 2 / 3, 1])
    const last = await gpu.rows(work(1, cols, x.subarray(2 * cols)))
    expect(y.subarray(2 * cols)).toEqual(last.y)
    const stop = new AbortController()
    const cut = gpu.rows(work(rows, cols, x), { signal: stop.signal, onProgress: () => stop.abort() })
    await expect(cut).rejects.toThrow('abort')
  })

  it('a thousand jobs of different sizes leave no buffer behind', async () => {
    for (let job = 0; job < 1000; job++) await gpu.rows(work(1, 1 + (job % 50), gaussians(1 + (job % 50), job)))
    expect(gpu.buffers()).toBe(0)
  })

  it('keeps the shared device until the last holder gives it back, tells that it is gone, and opens another', async () => {
    const halves = Float32Array.of(0.5, 0.5)
    const pair = work(1, 2, new Float32Array(2))
    const other = await opened()
    gpu.dispose()
    expect((await other.rows(pair)).y).toEqual(halves)
    other.dispose()
    await expect(other.lost).resolves.toBe('the device was destroyed')
    await expect(other.rows(pair)).rejects.toThrow(/lost|destroyed/i)
    gpu = await opened()
    expect((await gpu.rows(pair)).y).toEqual(halves)
  })
})
