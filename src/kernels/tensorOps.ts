import {
  engine,
  fill,
  registerGradient,
  registerKernel,
  unregisterGradient,
  unregisterKernel,
  where,
  type Tensor,
  type Tensor2D,
  type WebGPUBackend,
} from '../engine/tf.ts'
import { ShapeError } from '../math/errors.ts'
import type { ParamValues } from '../math/normalizers/params.ts'
import { rowOpOf, rowOps } from './index.ts'
import { kindOf, type Tuning } from './webgpu/autotune.ts'
import { dispatchRows } from './webgpu/dispatch.ts'
import type { Direction } from './webgpu/rowProgram.ts'
import { DROPPED } from './webgpu/rowText.ts'

const kernelName = (id: string, direction: Direction) => `SoftscopeRows ${id} ${direction}`

/**
 * Makes every row op a kernel of tfjs's WebGPU backend, with its gradient, so that `tf.grad` goes through it. Calling it
 * again, for another device, replaces them.
 */
export function registerRowOps(tuning: Tuning): void {
  for (const op of rowOps) {
    const names = { forward: kernelName(op.id, 'forward'), vjp: kernelName(op.id, 'vjp') }
    for (const direction of ['forward', 'vjp'] as const) {
      if (registered.has(names[direction])) unregisterKernel(names[direction], 'webgpu')
      registerKernel({
        kernelName: names[direction],
        backendName: 'webgpu',
        kernelFunc: ({ inputs: { x, c }, backend, attrs }) => {
          if (!x) throw new ShapeError(`${op.id}: there are no logits`)
          const [rows = 0, cols = 0] = x.shape
          const inputs = c ? [x, c] : [x]
          const params = attrs as ParamValues
          return dispatchRows(backend as WebGPUBackend, op, direction, params, inputs, tuning[kindOf(rows, cols)])
        },
      })
    }
    if (registered.has(names.forward)) unregisterGradient(names.forward)
    registerGradient({
      kernelName: names.forward,
      inputsToSave: ['x'],
      gradFunc: (c, [x], attrs) => ({
        x: () => engine().runKernel(names.vjp, { x: x!, c: c as Tensor }, attrs) as Tensor,
      }),
    })
    for (const name of Object.values(names)) registered.add(name)
  }
}

/** What this module has told tfjs about; tfjs warns of a second registration. */
const registered = new Set<string>()

/**
 * A row op on tensors of the WebGPU backend, differentiable in x. Call `registerRowOps` first.
 * @param x  logits, shape [rows, cols], finite and below 9e19 in size
 * @param params  resolved: every parameter has a value inside its domain
 * @param mask  true keeps an entry; shape [rows, cols]. A dropped one has weight 0 and gradient 0, and does not count
 * @returns  weights, shape [rows, cols]
 * @throws ShapeError if x is no matrix, or there is no kernel of this name
 */
export function rowTensor(normalizer: string, x: Tensor, params: ParamValues, mask?: Tensor): Tensor2D {
  if (x.rank !== 2) throw new ShapeError(`${normalizer}: x has rank ${x.rank}; a row op takes a matrix`)
  if (!rowOpOf(normalizer)) throw new ShapeError(`${normalizer}: there is no kernel of this name`)
  const kept = mask ? where(mask, x, fill(x.shape, DROPPED)) : x
  return engine().runKernel(kernelName(normalizer, 'forward'), { x: kept }, { ...params }) as Tensor2D
}
