import { openTunedGpu } from '../../openTunedGpu.ts'
import type { EngineSource } from '../engines.ts'
import { GpuTrainer } from './GpuTrainer.ts'
import { refusesRows } from './rows.ts'

/** tfjs on a WebGPU device of its own, with our fused row kernels, in float32. */
export const openGpuEngine: EngineSource = async () => {
  const gpu = await openTunedGpu()
  if ('reason' in gpu) return gpu
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
