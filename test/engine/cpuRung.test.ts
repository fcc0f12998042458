import { describe, expect, it } from 'vitest'
import { breathEvery } from '../../src/engine/breathe.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { cpuSource } from '../../src/engine/cpuRung.ts'
import { quarterJob } from './fakeRung.ts'

const engine = createEngine([cpuSource])

describe('the CPU rung', () => {
  it('stops at the next breath after a cancel in the middle of 4 million entries', async () => {
    const controller = new AbortController()
    let heard = 0
    const run = engine.rows(quarterJob(2_000_000), {
      signal: controller.signal,
      onProgress() {
        heard++
        // A timer fires only if the job lets the event loop turn.
        if (heard === 1) setTimeout(() => controller.abort())
      },
    })
    await expect(run).rejects.toMatchObject({ name: 'AbortError' })
    // The timer's millisecond may fall into the next slice.
    expect(heard).toBeLessThanOrEqual(3)
    // A breath comes every 8 ms of work: half a frame.
    expect(breathEvery).toBeLessThanOrEqual(8)
  })

  it('reports progress that only grows, up to at most 1', async () => {
    const fractions: number[] = []
    await engine.rows(quarterJob(400_000), { onProgress: (fraction) => fractions.push(fraction) })
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    expect(Math.max(...fractions)).toBeLessThanOrEqual(1)
  })

  it('obeys the edge rules row by row: NaN and +∞ poison their row alone, −∞ and masks drop entries', async () => {
    const x = Float64Array.of(0, NaN, 0, Infinity, 0, -Infinity, 0, 5, -Infinity, -Infinity)
    const mask = Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 0, 1, 1)
    const { y } = await engine.rows({ kind: 'forward', normalizer: 'softmax', params: {}, rows: 5, cols: 2, x, mask })
    expect([...y]).toEqual([NaN, NaN, NaN, NaN, 1, 0, 1, 0, 0, 0])
  })

  it('gives Jᵀc for a vjp: c = [1, 0] at y = [1/4, 3/4], T = 2 gives ±3/32', async () => {
    const job = quarterJob(2)
    const { y } = await engine.rows({ ...job, kind: 'vjp', cotangent: Float64Array.of(1, 0, 0, 1) })
    const part = expect.closeTo(3 / 32, 15)
    const minus = expect.closeTo(-3 / 32, 15)
    expect([...y]).toEqual([part, minus, minus, part])
  })

  it('takes float32 logits and no rows at all', async () => {
    const one = { kind: 'forward', normalizer: 'softmax', params: {}, cols: 1 } as const
    expect([...(await engine.rows({ ...one, rows: 1, x: Float32Array.of(7) })).y]).toEqual([1])
    expect((await engine.rows({ ...one, rows: 0, x: new Float32Array(0) })).y).toHaveLength(0)
  })
})
