import { checked, openGpu, type Gpu, type TensorInfo } from '../engine/tf.ts'
import { ShapeError } from '../math/errors.ts'
import type { ParamValues } from '../math/normalizers/params.ts'
import { checkRows, encodeRows, type Rows } from './border.ts'
import { rowOpOf } from './index.ts'
import { kindOf, tune, type Tuning, type TuningStore } from './webgpu/autotune.ts'
import { dispatchRows } from './webgpu/dispatch.ts'
import type { RowOp } from './webgpu/rowOp.ts'
import type { Direction } from './webgpu/rowProgram.ts'

/** Rows to run, and through what; the engine's row jobs fit. */
export interface RowWork extends Rows {
  readonly kind: Direction
  /** Id in the normalizer registry, or `log-softmax`. */
  readonly normalizer: string
  /** Resolved: every parameter has a value inside its domain. */
  readonly params: ParamValues
}

export interface RowRunOptions {
  readonly signal?: AbortSignal
  /** @param fraction  0 to 1 */
  readonly onProgress?: (fraction: number) => void
}

export interface RowRun {
  /** y or Jᵀc, shape [rows, cols]. */
  readonly y: Float32Array
  /** Device time of the kernels alone, ms; null where the device cannot tell. */
  readonly kernelMilliseconds: number | null
}

/** A device that runs row kernels. */
export interface WebGpuRows {
  /** For people: `SwiftShader (software)`. */
  readonly device: string
  readonly software: boolean
  /** How rows are laid over threads, as measured on this device. */
  readonly tuning: Tuning
  /** Null, or why this work cannot run here. */
  refuses(work: RowWork): string | null
  /**
   * Runs the work in slices of rows; between two it reports, and looks at the signal.
   * A row with a kept NaN or +∞ is all NaN, and so is one with a kept cotangent that is not finite.
   * @throws GpuError (`kind` tells out of memory), AbortError, ShapeError, DomainError for a value outside float32
   */
  rows(work: RowWork, options?: RowRunOptions): Promise<RowRun>
  /** Device buffers that exist now; 0 between jobs. */
  buffers(): number
  /** Resolves with the reason once the device is gone. */
  readonly lost: Promise<string>
  dispose(): void
}

/** Entries of one dispatch: enough to fill a device, few enough that a cancelled job ends soon. */
const sliceEntries = 1 << 22

/** Float32 counts up to here, and some kernels count in it. */
const exactIntegers = 2 ** 24

/** Opens a device and tunes it. @returns the reason instead, if there is none */
export async function openWebGpu(
  options: { readonly store?: TuningStore } = {},
): Promise<WebGpuRows | { readonly reason: string }> {
  const gpu = await openGpu()
  if ('reason' in gpu) return gpu
  let tuning: Tuning
  try {
    tuning = await tune(gpu.backend, gpu.key, gpu.software, options)
  } catch (error) {
    gpu.dispose()
    return { reason: `${gpu.name} does not run our kernels: ${error instanceof Error ? error.message : String(error)}` }
  }
  gpu.releasePool()
  return {
    device: gpu.name,
    software: gpu.software,
    tuning,
    refuses: (work) => refusal(gpu, work),
    rows: (work, run = {}) => runRows(gpu, tuning, work, run),
    buffers: () => gpu.buffers(),
    lost: gpu.lost,
    dispose: () => gpu.dispose(),
  }
}

function refusal({ backend, name }: Gpu, { normalizer, params, cols }: RowWork): string | null {
  const op = rowOpOf(normalizer)
  if (!op) return `there is no kernel for ${normalizer}`
  const reason = op.refuses?.(params) ?? null
  if (reason !== null) return reason
  const { maxStorageBufferBindingSize, maxBufferSize } = backend.device.limits
  const longest = Math.min(maxStorageBufferBindingSize / 4, maxBufferSize / 4, exactIntegers)
  return cols > longest ? `a row has ${cols} entries; ${name} takes ${longest}` : null
}

async function runRows(
  gpu: Gpu,
  tuning: Tuning,
  work: RowWork,
  { signal, onProgress }: RowRunOptions,
): Promise<RowRun> {
  const op = rowOpOf(work.normalizer)
  const reason = refusal(gpu, work)
  if (!op || reason !== null) throw new Error(`kernel: ${reason}`)
  checkRows(work)
  if (work.kind === 'vjp' && !work.cotangent) throw new ShapeError('kernel: a vjp needs a cotangent')
  const { rows, cols } = work
  const y = new Float32Array(rows * cols)
  const step = Math.max(1, Math.floor(sliceEntries / Math.max(1, cols)))
  let milliseconds: number | null = 0
  try {
    for (let from = 0; from < rows && cols > 0; from += step) {
      signal?.throwIfAborted()
      const to = Math.min(rows, from + step)
      const slice = await runSlice(gpu, tuning, op, work, from, to)
      y.set(slice.y, from * cols)
      milliseconds = milliseconds === null || slice.milliseconds === null ? null : milliseconds + slice.milliseconds
      onProgress?.(to / rows)
    }
  } finally {
    gpu.releasePool()
  }
  signal?.throwIfAborted()
  return { y, kernelMilliseconds: milliseconds }
}

async function runSlice(gpu: Gpu, tuning: Tuning, op: RowOp, work: RowWork, from: number, to: number) {
  const { backend } = gpu
  const shape = [to - from, work.cols]
  const { x, cotangent, poisoned } = encodeRows(work, from, to)
  const tensors: TensorInfo[] = []
  const keep = (tensor: TensorInfo) => {
    tensors.push(tensor)
    return tensor
  }
  try {
    const inputs = [x, ...(work.kind === 'vjp' && cotangent ? [cotangent] : [])]
    const label = `${op.id} ${work.kind} [${shape.join(', ')}]`
    const plan = tuning[kindOf(to - from, work.cols)]
    const milliseconds = await checked(backend, label, () =>
      timed(gpu, () => {
        const given = inputs.map((values) => keep(backend.makeTensorInfo(shape, 'float32', values)))
        keep(dispatchRows(backend, op, work.kind, work.params, given, plan))
      }),
    )
    const y = (await backend.read(tensors[tensors.length - 1]!.dataId)) as Float32Array
    // A weight of 0 times a negative slope is −0, which a page would print.
    if (work.kind === 'vjp') for (let i = 0; i < y.length; i++) if (y[i] === 0) y[i] = 0
    for (const r of poisoned) y.fill(NaN, r * work.cols, (r + 1) * work.cols)
    return { y, milliseconds }
  } finally {
    for (const tensor of tensors) backend.disposeData(tensor.dataId)
  }
}

/** Device time of what `work` queues, in ms; null without timestamps. `work` runs at once. */
async function timed({ backend }: Gpu, work: () => void): Promise<number | null> {
  if (!backend.device.features.has('timestamp-query')) {
    work()
    return null
  }
  const { kernelMs } = await backend.time(work)
  return typeof kernelMs === 'number' ? kernelMs : null
}
