import type { GpuMatrix } from '../kernels/openGpuMatrix.ts'
import type { Matrix } from '../math/linalg/matrix.ts'
import { powerNear } from '../math/linalg/powerNear.ts'
import { norm } from '../math/linalg/products.ts'
import { sketch } from '../math/linalg/randomizedSvd.ts'
import { singularValueSteps } from '../math/linalg/singularValues.ts'
import { rng } from '../math/random/rng.ts'
import type { RungId } from './contract.ts'
import { breathe } from './breathe.ts'
import { DeviceLostError } from './errors.ts'
import { inBreaths, type Listening } from './inBreaths.ts'

/** The first look at a spectrum. */
export interface LeadingValues {
  /** Largest first. Where the spectrum has no gap or steep fall, the last of them come out too small. */
  readonly values: Float64Array
  readonly precision: 'float32'
  /**
   * 2⁻²³ ‖A‖_F: what float32 adds and takes. Rounding the entries moves a singular value by at most half of it (Weyl), and
   * the sums of the products by about as much. Below it a value says nothing of the matrix.
   */
  readonly floor: number
  /** What did the products, in words. */
  readonly device: string
  /** Wall time with the upload; milliseconds. */
  readonly milliseconds: number
}

export interface LookOptions extends Listening {
  /** Where the person wants long work to run; under `auto` an emulated GPU is not used: it loses to loops. */
  readonly choice: RungId | 'auto'
  readonly seed: number
}

/**
 * The largest singular values of a matrix, from a random sketch whose products run on the GPU in float32: a first look
 * that takes a moment where all of them in float64 take half a minute.
 * @param count  how many; 1 ≤ count ≤ min(rows, cols)
 * @returns the reason instead, where there is no GPU, it fails, or another engine was chosen
 * @throws AbortError; ShapeError, DomainError for a bad count or matrix
 */
export async function leadingValues(
  a: Matrix,
  count: number,
  { choice, seed, signal, progress }: LookOptions,
): Promise<LeadingValues | { readonly reason: string }> {
  if (choice !== 'webgpu' && choice !== 'auto') return { reason: 'an engine without a GPU was chosen' }
  // Asked again inside; here it keeps a place without it from loading tfjs, the heaviest thing there is.
  if (!(globalThis.navigator as Navigator | undefined)?.gpu) return { reason: 'there is no WebGPU here' }
  const { openGpuMatrix } = await import('../kernels/openGpuMatrix.ts')
  const since = performance.now()
  const gpu = await openGpuMatrix(a, choice === 'webgpu')
  if ('reason' in gpu) return gpu
  try {
    const doing = `a first look on ${gpu.device}`
    const between = async (fraction: number) => {
      progress(fraction * sketching, doing)
      await breathe()
      signal.throwIfAborted()
    }
    const { rest } = await whileAlive(gpu, sketch(gpu, count, rng(seed), { between }))
    const values = await inBreaths(singularValueSteps(rest), doing, {
      signal,
      progress: (fraction) => progress(sketching + (1 - sketching) * fraction, doing),
    })
    return {
      values: values.slice(0, count),
      precision: 'float32',
      floor: frobenius(a) * 2 ** -23,
      device: gpu.device,
      milliseconds: performance.now() - since,
    }
  } catch (error) {
    // tfjs must not be loaded for the sake of its error class: the name tells it apart.
    if (error instanceof Error && (error.name === 'GpuError' || error.name === 'DeviceLostError'))
      return { reason: `${gpu.device} failed: ${error.message}` }
    throw error
  } finally {
    gpu.dispose()
  }
}

/** ‖A‖_F. */
function frobenius({ values }: Matrix): number {
  const scale = powerNear(values)
  return scale * norm(values.map((x) => x / scale))
}

/** Of a look: the rest are the values of the sketch. */
const sketching = 0.8

/** What a product gives, or a rejection as soon as the device is gone: it may never answer. */
function whileAlive<T>({ lost }: GpuMatrix, work: Promise<T>): Promise<T> {
  const gone = lost.then((reason) => {
    throw new DeviceLostError(reason)
  })
  return Promise.race([work, gone])
}
