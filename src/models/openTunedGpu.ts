import { openGpu, type Gpu } from '../engine/tf.ts'
import { openTuningStore } from '../engine/tuningStore.ts'
import { registerRowOps } from '../kernels/tensorOps.ts'
import { tune } from '../kernels/webgpu/autotune.ts'

/** The WebGPU device with our fused row kernels registered for tfjs, in the variants that are fastest on it. @returns the reason instead, if it cannot be had */
export async function openTunedGpu(): Promise<Gpu | { readonly reason: string }> {
  const gpu = await openGpu()
  if ('reason' in gpu) return gpu
  try {
    registerRowOps(await tune(gpu.backend, gpu.key, gpu.software, { store: await openTuningStore() }))
    return gpu
  } catch (error) {
    gpu.dispose()
    return { reason: `${gpu.name} does not run our kernels: ${error instanceof Error ? error.message : String(error)}` }
  }
}
