import { openGpu } from '../../../engine/tf.ts'
import { openTuningStore } from '../../../engine/tuningStore.ts'
import { registerRowOps } from '../../../kernels/tensorOps.ts'
import { tune } from '../../../kernels/webgpu/autotune.ts'
import type { EngineSource } from '../engines.ts'
import { GpuTrainer } from './GpuTrainer.ts'
import { refusesRows } from './rows.ts'

/** tfjs on a WebGPU device of its own, with our fused row kernels, in float32. */
export const openGpuEngine: EngineSource = async () => {
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
    refuses: refusesRows,
    openModel: (setup) => Promise.resolve(new GpuTrainer(setup, gpu)),
    buffers: () => gpu.buffers(),
    dispose: () => gpu.dispose(),
  }
}
