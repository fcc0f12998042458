import { openTunedGpu } from '../../openTunedGpu.ts'
import type { LanguageEngineSource } from '../engines.ts'
import { gpuForward } from './forward.ts'
import { refusedRows } from './refusals.ts'

/** tfjs on the WebGPU device, with our fused row kernels, in float32. */
export const openGpuForward: LanguageEngineSource = async () => {
  const gpu = await openTunedGpu()
  if ('reason' in gpu) return gpu
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
