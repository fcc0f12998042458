import { describe, expect, it } from 'vitest'
import { softmax, tensor2d } from '../../src/engine/tf.ts'
import { hardwarePlans, softwarePlans } from '../../src/kernels/webgpu/autotune.ts'
import { useGpu } from '../support/gpu.ts'
import { answers, runKernel, worst } from './compare.ts'
import { gaussians, nameOf } from './rowCases.ts'

const gpu = useGpu()
const [rows, cols] = [66_000, 3]
const x = gaussians(rows * cols, 12)
const run = { id: 'softmax', direction: 'forward', params: { T: 1 }, rows, cols, x } as const

describe('66,000 rows of 3, more than a device takes workgroups along one axis', () => {
  it('tf.softmax gives wrong weights from row 65,536 on: errors above 0.1', async () => {
    const logits = tensor2d(x, [rows, cols])
    const y = softmax(logits)
    const got = await y.data()
    const want = answers(run)
    const split = 65_536 * cols
    expect(worst(got.subarray(0, split), want.subarray(0, split), cols).error).toBeLessThan(1e-6)
    expect(worst(got.subarray(split), want.subarray(split), cols).error).toBeGreaterThan(0.1)
    logits.dispose()
    y.dispose()
  })

  // One lane a row takes 1,032 workgroups; one row a workgroup takes 66,000, in two dimensions.
  const oneARow = softwarePlans.find((plan) => plan.rows === 1)!
  it.each([softwarePlans[0]!, oneARow].map((plan) => [nameOf(plan), plan] as const))(
    'our softmax is within 1e-6 in every row: %s',
    async (_, plan) => {
      expect(worst(await runKernel(gpu().backend, { ...run, plan }), answers(run), cols).error).toBeLessThan(1e-6)
    },
  )

  it.each(['sparsemax', 'softpick', 'sigmoid', 'top-k', 'relu-norm', 'log-softmax'])(
    '%s is within 2e-6 in every row',
    async (id) => {
      const params = { eps: 1e-6, bias: '-log n', k: 2, f: 'relu', c: 0 }
      const other = { ...run, id, params, plan: oneARow }
      expect(worst(await runKernel(gpu().backend, other), answers(other), cols).error).toBeLessThan(2e-6)
    },
  )
})

describe('one row of 1,048,576', () => {
  const long = { ...run, rows: 1, cols: 1_048_576, x: gaussians(1_048_576, 4) }
  const split = hardwarePlans.find((plan) => plan.segments > 1)!

  it.each([softwarePlans[1]!, split].map((plan) => [nameOf(plan), plan] as const))(
    'softmax is within 1e-5 of every weight, relative: %s',
    async (_, plan) => {
      const got = await runKernel(gpu().backend, { ...long, plan })
      const want = answers(long)
      // Weights are about 1e-6: an absolute tolerance would let anything pass. Sums of 65,536 terms a lane lose 1e-6.
      let relative = 0
      want.forEach((value, i) => (relative = Math.max(relative, Math.abs(got[i]! - value) / value)))
      expect(relative).toBeLessThan(1e-5)
    },
  )

  it('sparsemax and entmax 1.5 find the threshold among a million entries within 1e-6', async () => {
    for (const [id, params] of [
      ['sparsemax', {}],
      ['entmax', { alpha: 1.5 }],
    ] as const) {
      const other = { ...long, id, params, plan: softwarePlans[1]! }
      expect(worst(await runKernel(gpu().backend, other), answers(other), long.cols).error).toBeLessThan(1e-6)
    }
  })
})
