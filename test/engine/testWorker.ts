import type { Rung, RungSource } from '../../src/engine/contract.ts'
import { cpuSource } from '../../src/engine/cpuRung.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { serve, type HandlerContext, type Handlers } from '../../src/engine/host.ts'
import { webgpuSource } from '../../src/engine/webgpuSource.ts'

let open: Rung | null = null
let device: GPUDevice | null = null

// oxlint-disable-next-line typescript/unbound-method -- called on an adapter below
const { requestDevice } = GPUAdapter.prototype
GPUAdapter.prototype.requestDevice = async function (descriptor) {
  return (device = await requestDevice.call(this, descriptor))
}

/** The real rung, and what it holds. */
const watched: RungSource = {
  id: 'webgpu',
  async open() {
    const rung = await webgpuSource.open()
    open = 'unavailable' in rung ? null : rung
    return rung
  },
}

const handlers = {
  buffers: async function* (_payload: null) {
    yield open?.buffers() ?? -1
  },
  /** Destroys the device behind the engine's back. */
  destroy: async function* (_payload: null) {
    device?.destroy()
    yield true
  },
  /** The next error scope of the device that listens for a lack of memory hears of one. */
  starve: async function* (message: string) {
    // oxlint-disable-next-line typescript/unbound-method -- called on a device below
    const { pushErrorScope, popErrorScope } = GPUDevice.prototype
    const scopes: GPUErrorFilter[] = []
    GPUDevice.prototype.pushErrorScope = function (filter) {
      scopes.push(filter)
      return pushErrorScope.call(this, filter)
    }
    GPUDevice.prototype.popErrorScope = function () {
      // The real scope is closed in any case, so that the device's stack stays even.
      const heard = popErrorScope.call(this)
      if (scopes.pop() !== 'out-of-memory') return heard
      Object.assign(GPUDevice.prototype, { pushErrorScope, popErrorScope })
      return Promise.resolve(new GPUOutOfMemoryError(message))
    }
    yield true
  },
  /** True if this worker has loaded tfjs. */
  hasTfjs: async function* (_payload: null) {
    yield performance.getEntriesByType('resource').some(({ name }) => name.includes('tensorflow'))
  },
  /** What the worker's own engine says, from within a handler. */
  sumOnGpu: async function* (logits: Float64Array, { engine, signal }: HandlerContext) {
    const cols = logits.length
    const { y } = await engine.rows(
      { kind: 'forward', normalizer: 'softmax', params: {}, rows: 1, cols, x: logits },
      { rung: 'webgpu', signal },
    )
    yield [...y].reduce((sum, weight) => sum + weight, 0)
  },
} satisfies Handlers

export type TestHandlers = typeof handlers

serve({ endpoint: self, engine: createEngine([watched, cpuSource]), handlers })
