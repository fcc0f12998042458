import * as ort from 'onnxruntime-web/webgpu'

export interface OnnxRunner {
  run(times: number): Promise<void>
  dispose(): void
}

/** Protocol buffer fields: a number, or bytes with their length. */
const field = (id: number, value: number | readonly number[]): number[] =>
  typeof value === 'number' ? [id << 3, value] : [(id << 3) | 2, value.length, ...value]
const text = (value: string): number[] => [...new TextEncoder().encode(value)]

/** An ONNX model of one node, y = Softmax(x) over the last axis of a float32 matrix. Every length is below 128. */
function softmaxModel(): Uint8Array {
  const dimension = (name: string) => field(1, field(2, text(name)))
  const tensor = field(1, [...field(1, 1), ...field(2, [...dimension('rows'), ...dimension('cols')])])
  const value = (name: string) => [...field(1, text(name)), ...field(2, tensor)]
  const node = [...field(1, text('x')), ...field(2, text('y')), ...field(4, text('Softmax'))]
  const graph = [...field(1, node), ...field(2, text('softmax')), ...field(11, value('x')), ...field(12, value('y'))]
  const opset = field(2, 13)
  return Uint8Array.from([...field(1, 8), ...field(7, graph), ...field(8, opset)])
}

let session: ort.InferenceSession | undefined

/** Softmax by onnxruntime-web on WebGPU, input and output kept on the device. */
export async function onnxSoftmax(values: Float32Array, rows: number, cols: number): Promise<OnnxRunner> {
  ort.env.wasm.wasmPaths = '/node_modules/onnxruntime-web/dist/'
  ort.env.wasm.numThreads = 1
  ort.env.logLevel = 'error'
  session ??= await ort.InferenceSession.create(softmaxModel(), {
    executionProviders: ['webgpu'],
    preferredOutputLocation: 'gpu-buffer',
  })
  const device = (await ort.env.webgpu.device) as GPUDevice
  const gpuBuffer = device.createBuffer({
    size: values.byteLength,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
  })
  device.queue.writeBuffer(gpuBuffer, 0, values.slice())
  const x = ort.Tensor.fromGpuBuffer(gpuBuffer, { dataType: 'float32', dims: [rows, cols] })
  const ready = session
  return {
    async run(times) {
      for (let i = 0; i < times; i++) (await ready.run({ x }))['y']?.dispose()
      await device.queue.onSubmittedWorkDone()
    },
    dispose: () => gpuBuffer.destroy(),
  }
}
