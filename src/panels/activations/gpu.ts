import { normalizerById } from '../../math/normalizers/index.ts'
import { breathe } from '../../engine/breathe.ts'
import type { ComputeContext } from '../contract.ts'
import type { VariantSetting } from './experiment.ts'
import { maxDrawn, type GpuComparison } from './result.ts'
import type { Row } from './row.ts'

/** A drag must not start a kernel at every frame: the GPU runs once the hand rests; milliseconds. */
const settle = 120

/** Waits until the experiment has been left alone for a moment. @throws the signal's reason */
export async function settled(signal: AbortSignal): Promise<void> {
  const until = performance.now() + settle
  while (performance.now() < until) {
    signal.throwIfAborted()
    await new Promise((resolve) => setTimeout(resolve, 16))
  }
  signal.throwIfAborted()
}

/** Runs the row through the kernel and measures it against float64 of the same row, rounded to float32 for both. */
export async function compareOnGpu(
  setting: VariantSetting,
  { logits, kept }: Row,
  { engine, signal }: Pick<ComputeContext, 'engine' | 'signal'>,
): Promise<GpuComparison> {
  const entry = normalizerById(setting.normalizer)
  if (entry === undefined) return { state: 'refused', reason: `There is no variant ${setting.normalizer}.` }
  const x = Float32Array.from(logits)
  const job = {
    kind: 'forward',
    normalizer: entry.id,
    params: setting.params,
    rows: 1,
    cols: x.length,
    x,
    ...(kept && { mask: kept }),
  } as const
  try {
    const { y, device, milliseconds, kernelMilliseconds } = await engine.rows(job, { rung: 'webgpu', signal })
    await breathe()
    const exact = entry.forward(x, setting.params, kept ?? undefined)
    return {
      state: 'ran',
      device,
      milliseconds,
      kernelMilliseconds: kernelMilliseconds ?? null,
      ...largestErrors(y, exact),
      weights: x.length > maxDrawn ? null : Float64Array.from(y),
    }
  } catch (error) {
    signal.throwIfAborted()
    return { state: 'refused', reason: error instanceof Error ? error.message : String(error) }
  }
}

/**
 * Largest error of float32 values against float64 ones, absolute and in units of the last place. NaN against NaN is 0;
 * a NaN on one side alone is an error beyond every number, and ends the search.
 */
export function largestErrors(
  y: ArrayLike<number>,
  exact: ArrayLike<number>,
): { readonly absolute: number; readonly ulp: number; readonly worst: number } {
  let absolute = 0
  let ulp = 0
  let worst = 0
  for (let i = 0; i < exact.length; i++) {
    if (Object.is(y[i], exact[i]) || (Number.isNaN(y[i]) && Number.isNaN(exact[i]))) continue
    const error = Math.abs(y[i]! - exact[i]!)
    if (Number.isNaN(error)) return { absolute: NaN, ulp: NaN, worst: i }
    const inUlp = error / ulpOfFloat32(exact[i]!)
    if (error > absolute) absolute = error
    if (inUlp > ulp) {
      ulp = inUlp
      worst = i
    }
  }
  return { absolute, ulp, worst }
}

/** The gap between neighbouring float32 numbers at |value|; below the normal numbers it is 2⁻¹⁴⁹. */
export function ulpOfFloat32(value: number): number {
  const size = Math.abs(value)
  if (size < 2 ** -126) return 2 ** -149
  let exponent = Math.floor(Math.log2(size))
  // The logarithm rounds; the power decides.
  if (2 ** exponent > size) exponent--
  else if (2 ** (exponent + 1) <= size) exponent++
  return 2 ** (exponent - 23)
}
