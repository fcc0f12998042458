import { openGpu } from '../../../engine/tf.ts'
import { openTuningStore } from '../../../engine/tuningStore.ts'
import { registerRowOps } from '../../../kernels/tensorOps.ts'
import { tune } from '../../../kernels/webgpu/autotune.ts'
import type { LanguageEngineSource } from '../engines.ts'
import { gpuForward } from './forward.ts'
import { refusedRows } from './refusals.ts'

/** tfjs on the WebGPU device, with our fused row kernels, in float32. */
export const openGpuForward: LanguageEngineSource = async () => {
  const gpu = await openGpu()
  if ('reason' in gpu) return gpu
  try {
    registerRowOps(await tune(gpu.backend, gpu.key, gpu.software, { store: await openTuningStore() }))
  } catch (error) {
    gpu.dispose()
    return { reason: `${gpu.name} does not run our kernels: ${error instanceof Error ? error.message : String(error)}` }
  }
  return {
    id: 'webgpu',
    device: gpu.name,
    software: gpu.software,
    precision: 'float32',
    refuses: refusedRows,
    forward: (model, ids, options) => gpuForward(gpu, model, ids, options),
    dispose: () => gpu.dispose(),
  }
}
