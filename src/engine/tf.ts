/**
 * The one door to tfjs. It holds the WebGPU device: asked for by us, counted by us, registered with tfjs by us.
 * Load it with a dynamic import: it is the heaviest module of the page.
 */
import { WebGPUBackend, type WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu'
import {
  engine,
  env,
  registerBackend,
  registerGradient,
  registerKernel,
  removeBackend,
  setBackend,
  unregisterGradient,
  unregisterKernel,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients'

export { engine, registerGradient, registerKernel, unregisterGradient, unregisterKernel, WebGPUBackend }
export { fill, grad, mul, softmax, sum, tensor1d, tensor2d, where } from '@tensorflow/tfjs-core'
/** What a transformer is made of. */
export {
  add,
  cast,
  concat,
  div,
  exp,
  matMul,
  max,
  mean,
  memory,
  moments,
  neg,
  oneHot,
  ones,
  relu,
  reshape,
  rsqrt,
  sigmoid,
  slice,
  sqrt,
  sub,
  tanh,
  tidy,
  tile,
  transpose,
  variable,
  variableGrads,
  zeros,
} from '@tensorflow/tfjs-core'
export type { Tensor1D, Variable } from '@tensorflow/tfjs-core'
export type { Tensor, TensorInfo, WebGPUProgram }
export type { Tensor2D } from '@tensorflow/tfjs-core'

/** A WebGPU device that tfjs runs on. */
export interface Gpu {
  readonly backend: WebGPUBackend
  /** For people: `SwiftShader (software)`. */
  readonly name: string
  /** Tells one kind of device from another: what was measured on it is kept under this key. */
  readonly key: string
  /** True for an emulated GPU. */
  readonly software: boolean
  /** Resolves with the reason once the device is gone; never rejects. */
  readonly lost: Promise<string>
  /** Buffers created and not destroyed, pooled ones included. */
  buffers(): number
  /** Destroys the buffers that tfjs keeps for reuse. Not while a program is being timed. */
  releasePool(): void
  /** Gives the device back; once nobody holds it, it is destroyed and `lost` resolves. */
  dispose(): void
}

/** What a device refused to do. `out-of-memory` may pass with less data; `validation` is a mistake of ours. */
export class GpuError extends Error {
  override name = 'GpuError'
  readonly kind: 'validation' | 'out-of-memory' | 'internal'

  constructor(kind: GpuError['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

/** Limits that tfjs or our kernels use beyond WebGPU's defaults: all that the adapter has. */
const wantedLimits = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const

/** A device, and how many hold it. */
interface SharedGpu {
  readonly gpu: Gpu
  holders: number
}

type Opening = Promise<SharedGpu | { readonly reason: string }>

/** The device in use: tfjs knows one at a time, so whoever asks for one shares it. */
const openings = new WeakMap<GPU, Opening>()

/**
 * Gives the browser's WebGPU device as tfjs's backend: a new one, or the one that another part of the page holds.
 * @returns the device, or the reason why there is none; never throws for a missing or unwilling GPU
 */
export async function openGpu(): Promise<Gpu | { readonly reason: string }> {
  const browser = (globalThis.navigator as Navigator | undefined)?.gpu
  if (!browser) return { reason: 'this browser has no WebGPU' }
  const opening = openings.get(browser) ?? request(browser)
  openings.set(browser, opening)
  const forget = () => openings.get(browser) === opening && openings.delete(browser)
  const shared = await opening
  if ('reason' in shared) {
    forget()
    return shared
  }
  // The last holder, or the device itself, may have gone while this one waited.
  if (openings.get(browser) !== opening) return openGpu()
  shared.holders += 1
  void shared.gpu.lost.then(forget)
  let held = true
  return {
    ...shared.gpu,
    dispose() {
      if (!held) return
      held = false
      shared.holders -= 1
      if (shared.holders > 0) return
      forget()
      shared.gpu.dispose()
    },
  }
}

async function request(browser: GPU): Opening {
  try {
    const adapter = await browser.requestAdapter({ powerPreference: 'high-performance' })
    if (!adapter) return { reason: 'WebGPU found no adapter' }
    const device = await adapter.requestDevice({
      requiredFeatures: adapter.features.has('timestamp-query') ? ['timestamp-query'] : [],
      requiredLimits: Object.fromEntries(wantedLimits.map((name) => [name, adapter.limits[name]])),
    })
    return { gpu: await register(device, adapter.info), holders: 0 }
  } catch (error) {
    return { reason: `WebGPU gave no device: ${error instanceof Error ? error.message : String(error)}` }
  }
}

async function register(device: GPUDevice, info: GPUAdapterInfo): Promise<Gpu> {
  const live = countBuffers(device)
  const backend = new WebGPUBackend(device, info)
  // Small tensors would otherwise go through tfjs's CPU code, and a kernel would not be what runs.
  env().set('WEBGPU_CPU_FORWARD', false)
  // Not there after a device was given back.
  if (engine().findBackendFactory('webgpu')) removeBackend('webgpu')
  registerBackend('webgpu', () => backend, 3)
  if (!(await setBackend('webgpu'))) throw new Error('tfjs did not take the device')
  return {
    backend,
    ...describe(info),
    lost: device.lost.then(({ reason, message }) => (reason === 'destroyed' ? 'the device was destroyed' : message)),
    buffers: () => live.size,
    releasePool: () => releasePool(backend),
    dispose() {
      // A newer device may have taken the name: its backend must stay.
      if (engine().findBackend('webgpu') === backend) removeBackend('webgpu')
      device.destroy()
    },
  }
}

/** Keeps the set of buffers that exist, since neither WebGPU nor tfjs does. */
function countBuffers(device: GPUDevice): ReadonlySet<GPUBuffer> {
  const live = new Set<GPUBuffer>()
  const create = device.createBuffer.bind(device)
  device.createBuffer = (descriptor) => {
    const buffer = create(descriptor)
    const destroy = buffer.destroy.bind(buffer)
    live.add(buffer)
    buffer.destroy = () => {
      live.delete(buffer)
      return destroy()
    }
    return buffer
  }
  return live
}

/** tfjs has no call for this, so it reaches for private fields; the version is pinned, and a test counts. */
function releasePool(backend: WebGPUBackend): void {
  const timestamps = backend['queryResolveBuffer']
  if (timestamps) backend.bufferManager.releaseBuffer(timestamps)
  backend['queryResolveBuffer'] = null
  // The lists stay, empty: tfjs expects one for every buffer in use.
  for (const buffers of backend.bufferManager['freeBuffers'].values())
    for (const buffer of buffers.splice(0)) buffer.destroy()
}

function describe(info: GPUAdapterInfo): Pick<Gpu, 'name' | 'key' | 'software'> {
  const words = [info.vendor, info.architecture, info.device, info.description].filter((word) => word !== '')
  const all = words.join(' ')
  const emulator = /swiftshader|llvmpipe|lavapipe|basic render/i.exec(all)?.[0]
  const software = emulator !== undefined || info.isFallbackAdapter
  const plain = info.description || all || 'unnamed GPU'
  const name = emulator?.toLowerCase() === 'swiftshader' ? 'SwiftShader' : plain
  return { name: software ? `${name} (software)` : name, key: words.join('/') || 'unnamed', software }
}

/**
 * Runs `work`, which may queue commands, and hands them to the device.
 * @throws GpuError if the device refused any of it: a mistake in WGSL is otherwise silent and gives zeros
 */
export async function checked<T>(backend: WebGPUBackend, label: string, work: () => T): Promise<T> {
  const { device } = backend
  const kinds = ['internal', 'out-of-memory', 'validation'] as const
  for (const kind of kinds) device.pushErrorScope(kind)
  const popped: Promise<GPUError | null>[] = []
  let result: T
  try {
    result = work()
    submit(backend)
  } finally {
    for (const _ of kinds) popped.push(device.popErrorScope())
  }
  const errors = await Promise.all(popped)
  errors.forEach((error, i) => {
    if (error) throw new GpuError(kinds[kinds.length - 1 - i]!, `${label}: ${error.message}`)
  })
  return result
}

/** Hands tfjs's queued commands to the device; it keeps up to 15 back. */
export function submit(backend: WebGPUBackend): void {
  backend.ensureCommandEncoderReady()
  backend.endComputePassEncoder()
  backend.submitQueue()
}
