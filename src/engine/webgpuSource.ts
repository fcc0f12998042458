import type { WebGpuRows } from '../kernels/openWebGpu.ts'
import type { JobOptions, RowsJob, RowsResult, Rung, RungSource, Unavailable } from './contract.ts'
import { OutOfMemoryError } from './errors.ts'
import { openTuningStore } from './tuningStore.ts'

/** Milliseconds of device work between two looks at the signal: half a frame. */
const sliceMilliseconds = 8
/** Entries of a job's first slice, which shows how long the next may be. */
const firstSlice = 1 << 18

/** Our WGSL kernels through tfjs, in float32. Both are loaded here, when the rung is first opened and not before. */
export const webgpuSource: RungSource = {
  id: 'webgpu',
  async open(): Promise<Rung | Unavailable> {
    // Asked again inside; here it keeps a browser without it from loading tfjs to hear the same.
    if (!(globalThis.navigator as Navigator | undefined)?.gpu) return { unavailable: 'there is no WebGPU here' }
    const { openWebGpu } = await import('../kernels/openWebGpu.ts')
    const gpu = await openWebGpu({ store: await openTuningStore() })
    return 'reason' in gpu ? { unavailable: gpu.reason } : webgpuRung(gpu)
  },
}

function webgpuRung(gpu: WebGpuRows): Rung {
  const { device, lost, software } = gpu
  return {
    id: 'webgpu',
    device,
    precision: 'float32',
    software,
    lost,
    refuses: (job) => gpu.refuses(job),
    rows: (job, options) => inSlices(gpu, job, options),
    buffers: () => gpu.buffers(),
    dispose: () => gpu.dispose(),
  }
}

/** Runs a job a few rows at a time: as many as take half a frame, by the pace of those before. */
async function inSlices(gpu: WebGpuRows, job: RowsJob, { signal, onProgress }: JobOptions): Promise<RowsResult> {
  const { cols, rows } = job
  const y = new Float32Array(rows * cols)
  let milliseconds = 0
  let kernelMilliseconds: number | null = 0
  let step = Math.max(1, Math.floor(firstSlice / Math.max(1, cols)))
  for (let from = 0; from < rows;) {
    signal?.throwIfAborted()
    const to = Math.min(rows, from + step)
    const since = performance.now()
    const part = await runSlice(gpu, slice(job, from, to))
    const took = performance.now() - since
    y.set(part.y, from * cols)
    milliseconds += took
    kernelMilliseconds =
      kernelMilliseconds === null || part.kernelMilliseconds === null
        ? null
        : kernelMilliseconds + part.kernelMilliseconds
    onProgress?.(to / rows)
    // At most twice as many as before: one lucky slice must not lead to a very long one.
    step = Math.max(1, Math.floor((to - from) * Math.min(2, sliceMilliseconds / took)))
    from = to
  }
  signal?.throwIfAborted()
  return {
    y,
    rung: 'webgpu',
    precision: 'float32',
    device: gpu.device,
    milliseconds,
    ...(kernelMilliseconds !== null && { kernelMilliseconds }),
  }
}

async function runSlice(gpu: WebGpuRows, part: RowsJob) {
  try {
    return await gpu.rows(part)
  } catch (error) {
    // tfjs must not be loaded for the sake of its error class: the field tells it apart.
    if (error instanceof Error && 'kind' in error && error.kind === 'out-of-memory')
      throw new OutOfMemoryError(error.message)
    throw error
  }
}

/** Rows `from` to `to` of a job, as views. */
function slice(job: RowsJob, from: number, to: number): RowsJob {
  const start = from * job.cols
  const end = to * job.cols
  const { cotangent, mask, x, ...rest } = job
  return {
    ...rest,
    rows: to - from,
    x: x.subarray(start, end),
    ...(mask && { mask: mask.subarray(start, end) }),
    ...(cotangent && { cotangent: cotangent.subarray(start, end) }),
  }
}
