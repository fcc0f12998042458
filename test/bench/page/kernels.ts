import { openGpu, softmax, submit, tensor2d, type TensorInfo } from '../../../src/engine/tf.ts'
import { rowOpOf } from '../../../src/kernels/index.ts'
import { kindOf, tune } from '../../../src/kernels/webgpu/autotune.ts'
import { dispatchRows } from '../../../src/kernels/webgpu/dispatch.ts'
import type { ParamValues } from '../../../src/math/normalizers/params.ts'
import { normalLogits } from '../logits.ts'
import { onnxSoftmax, type OnnxRunner } from './onnx.ts'

/**
 * Reads every quad and writes it, as it is or through exp: what any row kernel must at least do. Outside of tfjs, whose
 * prologue would be much of so short a kernel; its own output, made once.
 */
function copyOf(value: string): (input: GPUBuffer) => void {
  const { device } = backend
  const module = device.createShaderModule({
    code: `
      @group(0) @binding(0) var<storage, read> x: array<vec4f>;
      @group(0) @binding(1) var<storage, read_write> y: array<vec4f>;
      @compute @workgroup_size(64) fn copy(@builtin(global_invocation_id) id: vec3u) {
        if (id.x < arrayLength(&x)) { y[id.x] = ${value}; }
      }`,
  })
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module } })
  let output: GPUBuffer | undefined
  return (input) => {
    if (output?.size !== input.size) {
      output?.destroy()
      output = device.createBuffer({ size: input.size, usage: GPUBufferUsage.STORAGE })
    }
    const entries = [input, output].map((buffer, binding) => ({ binding, resource: { buffer } }))
    const encoder = device.createCommandEncoder()
    const pass = encoder.beginComputePass()
    pass.setPipeline(pipeline)
    pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }))
    pass.dispatchWorkgroups(Math.ceil(input.size / 16 / 64))
    pass.end()
    device.queue.submit([encoder.finish()])
  }
}

const opened = await openGpu()
if ('reason' in opened) throw new Error(opened.reason)
const gpu = opened
const { backend } = gpu
const tuning = await tune(backend, gpu.key, gpu.software)

let x = tensor2d([0], [1, 1])
let onnx: OnnxRunner | null = null

const copies: Readonly<Record<string, (input: GPUBuffer) => void>> = {
  'vec4 copy': copyOf('x[id.x]'),
  'copy + exp': copyOf('exp(x[id.x])'),
}

/** The logits on the device. */
function inputBuffer(): GPUBuffer {
  backend.uploadToGPU(x.dataId)
  const { resource } = backend.tensorMap.get(x.dataId)
  if (!(resource instanceof GPUBuffer)) throw new Error('bench: the logits are in no buffer')
  return resource
}

/** `softmax {"T":1}`: a kernel of ours at these parameters. */
function ours(name: string): TensorInfo {
  const [id = '', ...rest] = name.split(' ')
  const op = rowOpOf(id)
  if (!op) throw new Error(`bench: no kernel ${name}`)
  const [rows, cols] = x.shape
  const params = JSON.parse(rest.join(' ')) as ParamValues
  return dispatchRows(backend, op, 'forward', params, [x], tuning[kindOf(rows, cols)])
}

async function run(variant: string, times: number): Promise<void> {
  if (variant === 'onnxruntime') return onnx?.run(times)
  const copy = copies[variant]
  for (let i = 0; i < times; i++) {
    if (copy) copy(inputBuffer())
    else backend.disposeData((variant === 'tf.softmax' ? softmax(x) : ours(variant)).dataId)
  }
  submit(backend)
  await backend.queue.onSubmittedWorkDone()
}

/** Normal logits of this spread, seeded, on the device. */
async function prepare(rows: number, cols: number, spread: number): Promise<void> {
  const values = Float32Array.from(normalLogits(rows * cols, spread))
  x.dispose()
  gpu.releasePool()
  x = tensor2d(values, [rows, cols])
  onnx?.dispose()
  onnx = await onnxSoftmax(values, rows, cols)
}

export interface KernelBench {
  readonly device: string
  readonly tuning: string
  readonly prepare: typeof prepare
  readonly run: typeof run
}

Object.assign(globalThis, {
  bench: { device: gpu.name, tuning: JSON.stringify(tuning), prepare, run } satisfies KernelBench,
})
