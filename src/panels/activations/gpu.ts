import { normalizerById } from '../../math/normalizers/index.ts'
import { breathe } from '../../engine/breathe.ts'
import type { RowsResult } from '../../engine/contract.ts'
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
    const result = await timed(() => engine.rows(job, { rung: 'webgpu', signal }))
    // What a device loses or has no room for, the engine gives to its next rung.
    if (result.rung !== 'webgpu') return notRun(engine, `it ran on ${result.device} instead`)
    await breathe()
    const exact = entry.forward(x, setting.params, kept ?? undefined)
    return {
      state: 'ran',
      device: result.device,
      milliseconds: result.milliseconds,
      kernelMilliseconds: result.kernelMilliseconds ?? null,
      ...largestErrors(result.y, exact),
      weights: x.length > maxDrawn ? null : Float64Array.from(result.y),
    }
  } catch (error) {
    signal.throwIfAborted()
    return notRun(engine, error instanceof Error ? error.message : String(error))
  }
}

/** Timed runs of a kernel: no more than this many, and none begun past this many milliseconds of them. */
const mostRuns = 5
const runsBudget = 50

/** A result with the median times of runs after a first one, in which a device compiles its shader. */
async function timed(run: () => Promise<RowsResult>): Promise<RowsResult> {
  const first = await run()
  if (first.rung !== 'webgpu') return first
  const runs: RowsResult[] = []
  for (let spent = 0; runs.length < mostRuns && spent < runsBudget; spent += runs.at(-1)!.milliseconds)
    runs.push(await run())
  const kernels = runs.flatMap(({ kernelMilliseconds }) => kernelMilliseconds ?? [])
  return {
    ...runs.at(-1)!,
    milliseconds: medianOf(runs.map(({ milliseconds }) => milliseconds)),
    ...(kernels.length > 0 && { kernelMilliseconds: medianOf(kernels) }),
  }
}

/** Of an even count, the upper of the two in the middle. */
const medianOf = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!

/** Tells a GPU that is not there from one that is there and does not run this job, by the engine's own state. */
function notRun(engine: ComputeContext['engine'], otherwise: string): GpuComparison {
  const rung = engine.status().rungs.find(({ id }) => id === 'webgpu')
  const gone = rung?.state === 'unavailable' || rung?.state === 'lost'
  return { state: gone ? 'absent' : 'refused', reason: (gone ? rung.reason : null) ?? otherwise }
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
