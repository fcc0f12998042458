import { checked, matMul, openGpu, tensor2d, tidy, type Gpu, type Tensor2D } from '../engine/tf.ts'
import { checkFinite, sliceRows, zeros, type Matrix } from '../math/linalg/matrix.ts'
import { powerNear } from '../math/linalg/powerNear.ts'
import type { LinearMap } from '../math/linalg/randomizedSvd.ts'

/** A matrix on a GPU, in float32: what it does to others. */
export interface GpuMatrix extends LinearMap {
  readonly apply: (x: Matrix) => Promise<Matrix>
  readonly applyTransposed: (y: Matrix) => Promise<Matrix>
  /** For people: `SwiftShader (software)`. */
  readonly device: string
  /** Resolves with the reason once the device is gone; a product may then never answer. */
  readonly lost: Promise<string>
  /** Gives the matrix back, and the device. */
  dispose(): void
}

/** Entries of a part of the matrix: enough to fill a device, few enough that others get a turn soon. */
const partEntries = 1 << 20

/**
 * Brings a matrix to the GPU, rows at a time; its products come back as float64, of float32 accuracy: |error| ≤ (n + 3)
 * 2⁻²⁴ |A| |X| entry by entry, where each entry is a sum of n products within a part. Oracle: `multiply`, in float64.
 * @param emulated  whether an emulated GPU will do: it loses to loops
 * @returns the reason instead, if there is no GPU
 * @throws ShapeError, DomainError for a matrix that is empty or not finite; products throw GpuError where a device refuses
 */
export async function openGpuMatrix(a: Matrix, emulated: boolean): Promise<GpuMatrix | { readonly reason: string }> {
  checkFinite('openGpuMatrix', a)
  const gpu = await openGpu()
  if ('reason' in gpu) return gpu
  if (gpu.software && !emulated) {
    gpu.dispose()
    return { reason: `WebGPU is ${gpu.name} here, which loses to loops` }
  }
  const scale = powerNear(a.values)
  const step = Math.max(1, Math.floor(partEntries / a.cols))
  const parts = Array.from({ length: Math.ceil(a.rows / step) }, (_, i) => {
    const [first, end] = [i * step, Math.min(a.rows, (i + 1) * step)]
    return { first, end, tensor: single(sliceRows(a, first, end), scale) }
  })
  return {
    rows: a.rows,
    cols: a.cols,
    device: gpu.name,
    lost: gpu.lost,
    async apply(x) {
      const out = zeros(a.rows, x.cols)
      const by = powerNear(x.values)
      const right = single(x, by)
      try {
        for (const { first, tensor } of parts)
          add(out.values, first * x.cols, await product(gpu, tensor, right, false), scale * by)
      } finally {
        right.dispose()
      }
      return out
    },
    async applyTransposed(y) {
      const out = zeros(a.cols, y.cols)
      const by = powerNear(y.values)
      for (const { first, end, tensor } of parts) {
        const right = single(sliceRows(y, first, end), by)
        try {
          add(out.values, 0, await product(gpu, tensor, right, true), scale * by)
        } finally {
          right.dispose()
        }
      }
      return out
    },
    dispose() {
      for (const { tensor } of parts) tensor.dispose()
      gpu.releasePool()
      gpu.dispose()
    },
  }
}

const single = ({ rows, cols, values }: Matrix, scale: number): Tensor2D =>
  tensor2d(
    Float32Array.from(values, (x) => x / scale),
    [rows, cols],
  )

/** A X, or Aᵀ X, read back. */
async function product(gpu: Gpu, a: Tensor2D, x: Tensor2D, transposed: boolean): Promise<Float32Array> {
  const made = await checked(gpu.backend, 'a product', () => tidy(() => matMul(a, x, transposed, false)))
  try {
    return (await made.data()) as Float32Array
  } finally {
    made.dispose()
  }
}

function add(out: Float64Array, at: number, part: Float32Array, scale: number): void {
  for (let i = 0; i < part.length; i++) out[at + i]! += scale * part[i]!
}
