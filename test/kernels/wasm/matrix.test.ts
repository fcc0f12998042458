import { describe, expect, it } from 'vitest'
import { largestGap, noise, openTestLoops } from './openTestLoops.ts'

/** c = scale · a b in float64, a [m, k] and b [k, n] dense. */
function product(m: number, n: number, k: number, a: Float32Array, b: Float32Array, scale: number): Float64Array {
  const c = new Float64Array(m * n)
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) for (let p = 0; p < k; p++) c[i * n + j]! += scale * a[i * k + p]! * b[p * n + j]!
  return c
}

/** a [m, k], stored column by column. */
const columnsOf = (m: number, k: number, a: Float32Array) => a.map((_, at) => a[(at % m) * k + Math.floor(at / m)]!)

/** Every remainder of the tiles of 4 by 8, and depths on both sides of a block of 256. */
const shapes = [1, 3, 4, 5, 8, 9].flatMap((m) =>
  [1, 4, 7, 8, 12, 13].flatMap((n) => [1, 5, 32, 256, 257, 600].map((k) => [m, n, k] as const)),
)

/** Rounding of k products of size up to 1, added in float32. */
const within = (k: number) => k * 2 ** -23

describe('multiply', () => {
  it('gives a b, scaled, for every remainder of its tiles and depths up to 600, also from a by columns', async () => {
    const { loops, put } = await openTestLoops()
    const [at, bt, ct] = [
      put(new Float32Array(9 * 600)),
      put(new Float32Array(13 * 600)),
      put(new Float32Array(9 * 13)),
    ]
    const worst = shapes.flatMap(([m, n, k]) => {
      const [a, b] = [noise(m * k, m * k), noise(n * k + 1, n * k)]
      bt.set(b)
      const want = product(m, n, k, a, b, 0.5)
      return [false, true].map((byColumns) => {
        at.set(byColumns ? columnsOf(m, k, a) : a)
        const [rowStep, columnStep] = byColumns ? [1, m] : [k, 1]
        loops.multiply(m, n, k, at.byteOffset, rowStep, columnStep, bt.byteOffset, n, ct.byteOffset, n, 0.5, 0)
        return largestGap(ct.subarray(0, m * n), want) / within(k)
      })
    })
    expect(worst).toHaveLength(2 * shapes.length)
    expect(Math.max(...worst)).toBeLessThanOrEqual(1)
  })

  it('adds to what is there when it is told to, and leaves what lies beside its columns', async () => {
    const { loops, put } = await openTestLoops()
    const [m, n, k, step] = [5, 7, 300, 11]
    const [a, b] = [noise(1, m * k), noise(2, k * n)]
    const [at, bt, ct] = [put(a), put(b), put(new Float32Array(m * step).fill(3))]
    loops.multiply(m, n, k, at.byteOffset, k, 1, bt.byteOffset, n, ct.byteOffset, step, 1, 1)
    const want = product(m, n, k, a, b, 1)
    const expected = Float64Array.from({ length: m * step }, (_, i) =>
      i % step < n ? 3 + want[Math.floor(i / step) * n + (i % step)]! : 3,
    )
    expect(largestGap(ct, expected)).toBeLessThanOrEqual(within(k))
  })

  it('passes NaN and infinities on', async () => {
    const { loops, put } = await openTestLoops()
    const [at, bt, ct] = [put([NaN, 1, 1, Infinity]), put([1, 0, 0, 1]), put(new Float32Array(4))]
    loops.multiply(2, 2, 2, at.byteOffset, 2, 1, bt.byteOffset, 2, ct.byteOffset, 2, 1, 0)
    expect([...ct]).toEqual([NaN, NaN, NaN, Infinity])
  })
})

describe('transpose', () => {
  it('turns [2, 3] into rows of 4, and leaves the fourth entry alone', async () => {
    const { loops, put } = await openTestLoops()
    const [from, to] = [put([1, 2, 3, 9, 4, 5, 6, 9]), put(new Float32Array(12).fill(-1))]
    loops.transpose(2, 3, from.byteOffset, 4, to.byteOffset, 4)
    expect([...to]).toEqual([1, 4, -1, -1, 2, 5, -1, -1, 3, 6, -1, -1])
  })
})
