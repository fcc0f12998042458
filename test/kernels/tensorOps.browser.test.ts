import { beforeAll, describe, expect, it } from 'vitest'
import { grad, mul, sum, tensor1d, tensor2d } from '../../src/engine/tf.ts'
import { registerRowOps, rowTensor } from '../../src/kernels/tensorOps.ts'
import { tune } from '../../src/kernels/webgpu/autotune.ts'
import { useGpu } from '../support/gpu.ts'
import { answers, worst } from './compare.ts'
import { awkwardRows, cases, furtherCases, gaussians } from './rowCases.ts'

const gpu = useGpu()
const [rows, cols] = [5, 12]
// The derivatives of a map with kinks are compared where there is one: the rows of ties are left to the kernel tests.
const { x, mask } = awkwardRows(rows, cols, 2)
const cotangent = gaussians(rows * cols, 21)

beforeAll(async () => registerRowOps(await tune(gpu().backend, gpu().key, gpu().software)))

describe('row ops as tfjs ops', () => {
  it.each([...cases, ...furtherCases].map((each) => [each.id, JSON.stringify(each.params), each] as const))(
    'tf.grad of ⟨c, %s(x)⟩ with %s and a mask is the float64 vjp',
    async (id, _, { params, vjp }) => {
      const kept = tensor2d(mask, [rows, cols], 'bool')
      const weights = tensor2d(cotangent, [rows, cols])
      const slope = grad((logits) => sum(mul(rowTensor(id, logits, params, kept), weights)))(tensor2d(x, [rows, cols]))
      const want = answers({ id, direction: 'vjp', params, rows, cols, x, mask, cotangent })
      expect(worst(await slope.data(), want, cols).error).toBeLessThanOrEqual(vjp)
    },
  )

  it('a tensor that is no matrix, and an unknown name, are errors that say so', () => {
    const logits = tensor2d([1, 2], [1, 2])
    expect(() => rowTensor('softmax', tensor1d([1, 2]), { T: 1 })).toThrow(
      'softmax: x has rank 1; a row op takes a matrix',
    )
    expect(() => rowTensor('hardmax', logits, {})).toThrow('hardmax: there is no kernel of this name')
  })
})
