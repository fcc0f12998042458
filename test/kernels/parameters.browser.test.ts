import { describe, expect, it } from 'vitest'
import { softwarePlans } from '../../src/kernels/webgpu/autotune.ts'
import { heldBy } from '../../src/kernels/webgpu/rowProgram.ts'
import { useGpu } from '../support/gpu.ts'
import { misses, runKernel } from './compare.ts'
import { awkwardRows, cases, furtherCases, gaussians } from './rowCases.ts'

const gpu = useGpu()
const plan = softwarePlans[0]!

describe('kernels', () => {
  it.each(furtherCases.map((each) => [each.id, JSON.stringify(each.params), each] as const))(
    '%s %s agrees with float64, forward and vjp',
    async (id, _, { params, y, vjp }) => {
      for (const direction of ['forward', 'vjp'] as const)
        for (const [rows, cols] of [
          [7, 64],
          [5, 65],
        ] as const) {
          const run = { id, direction, params, plan, rows, cols, cotangent: gaussians(rows * cols, 5) }
          expect(
            await misses(gpu().backend, { ...run, ...awkwardRows(rows, cols, 1) }, direction === 'forward' ? y : vjp),
          ).toEqual([])
        }
    },
  )

  it.each(cases.map((each) => [each.id, JSON.stringify(each.params), each] as const))(
    '%s %s agrees with float64 at logits of 1e4 in size',
    async (id, _, { params, y }) => {
      const x = gaussians(4 * 36, 8, 5000)
      expect(await misses(gpu().backend, { id, direction: 'forward', params, plan, rows: 4, cols: 36, x }, y)).toEqual(
        [],
      )
    },
  )

  it.each([32, 16])('agree with float64 where a lane holds %i quads of its row', async (held) => {
    const [rows, cols] = [Math.ceil(2 ** 20 / (held * 4)), held * 4]
    expect(heldBy(plan, rows, cols)).toBe(held)
    const x = gaussians(rows * cols, 2)
    const direction = held === 16 ? 'vjp' : 'forward'
    // What is different here is the text that rows share; the texts of three kinds of op stand for all.
    for (const id of ['softmax', 'sparsemax', 'softpick']) {
      const each = cases.find((known) => known.id === id)!
      const run = {
        id,
        direction,
        params: each.params,
        plan,
        rows,
        cols,
        x,
        cotangent: gaussians(rows * cols, 3),
      } as const
      expect(await misses(gpu().backend, run, direction === 'forward' ? each.y : each.vjp)).toEqual([])
    }
  })

  it('top-k takes the lower index among equals, and exactly k', async () => {
    const x = Float32Array.of(1, 3, 2, 2, 0, 2, 2, 2)
    const y = await runKernel(gpu().backend, {
      id: 'top-k',
      direction: 'forward',
      params: { k: 3 },
      plan,
      rows: 1,
      cols: 8,
      x,
    })
    // e³, e², e² over their sum
    const [high, low] = [Math.E / (Math.E + 2), 1 / (Math.E + 2)]
    for (const [i, want] of [0, high, low, low, 0, 0, 0, 0].entries()) expect(y[i]).toBeCloseTo(want, 6)
  })

  it('softpick counts the term of ε, which follows the first of the largest logits, in its vjp', async () => {
    const x = Float32Array.of(1, 2, 2)
    const run = { id: 'softpick', direction: 'vjp', params: { eps: 0.1 }, plan, rows: 1, cols: 3, x } as const
    const got = await runKernel(gpu().backend, { ...run, cotangent: Float32Array.of(0, 0, 1) })
    // By hand: D = (e − 1) + 2 (e² − 1) + 0.1 e², q = (e² − 1) / D; entry 0: −e q / D; entry 1: −e² q (1 + 0.1) / D.
    const square = Math.E ** 2
    const D = Math.E - 1 + 2 * (square - 1) + 0.1 * square
    const q = (square - 1) / D
    const want = [(-Math.E * q) / D, (-1.1 * square * q) / D, (square * (1 - q)) / D]
    for (const [i, value] of want.entries()) expect(got[i]).toBeCloseTo(value, 6)
  })
})
