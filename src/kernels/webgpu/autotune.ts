import { checked, submit, type TensorInfo, type WebGPUBackend } from '../../engine/tf.ts'
import { dispatchRows } from './dispatch.ts'
import type { Plan } from './rowProgram.ts'
import { softmaxOp } from './softmax.wgsl.ts'

/** Kinds of rows that want different plans. */
export type RowKind = 'narrow' | 'wide' | 'lone'

/** One plan for each kind of rows. */
export type Tuning = Readonly<Record<RowKind, Plan>>

/** Keeps tunings by device. Storage may refuse or be absent: both functions may throw, and nothing is lost but time. */
export interface TuningStore {
  get(key: string): string | null
  set(key: string, value: string): void
}

/** An emulated GPU pays for every barrier: a lane a row and no barrier, or few lanes. A real one wants full waves. */
export const softwarePlans: readonly Plan[] = [
  { lanes: 1, rows: 64, segments: 1, holds: 32 },
  { lanes: 4, rows: 1, segments: 1, holds: 4 },
  { lanes: 1, rows: 16, segments: 1, holds: 32 },
]
export const hardwarePlans: readonly Plan[] = [
  { lanes: 64, rows: 1, segments: 1, holds: 4 },
  { lanes: 256, rows: 1, segments: 1, holds: 4 },
  { lanes: 8, rows: 8, segments: 1, holds: 4 },
  { lanes: 32, rows: 2, segments: 1, holds: 4 },
  { lanes: 64, rows: 1, segments: 32, holds: 4 },
]

/** A plan must beat those before it by this factor: times of a millisecond are noisy. */
const clearly = 0.95

const probes: Readonly<Record<RowKind, { readonly rows: number; readonly cols: number }>> = {
  narrow: { rows: 512, cols: 128 },
  wide: { rows: 64, cols: 1024 },
  lone: { rows: 1, cols: 65536 },
}

/** Which kind of rows these are. Few rows cannot fill a device with a lane or a workgroup each. */
export function kindOf(rows: number, cols: number): RowKind {
  if (rows <= 8 && cols >= 1024) return 'lone'
  return cols <= 512 ? 'narrow' : 'wide'
}

/** The plan to fall back on before anything is measured. */
export function untuned(software: boolean): Tuning {
  const [first, second] = software ? softwarePlans : hardwarePlans
  if (!first || !second) throw new Error('autotune: there are no plans')
  return { narrow: first, wide: first, lone: second }
}

/**
 * Times softmax under every plan for each kind of rows, for at most `budget` ms (compiling included), and keeps the
 * fastest. A kind that the time did not reach keeps its untuned plan.
 */
export async function tune(
  backend: WebGPUBackend,
  key: string,
  software: boolean,
  { store, budget = 50 }: { readonly store?: TuningStore; readonly budget?: number } = {},
): Promise<Tuning> {
  const plans = software ? softwarePlans : hardwarePlans
  const kept = recall(store, key, plans)
  if (kept) return kept
  const deadline = performance.now() + budget
  const tuning: Record<RowKind, Plan> = { ...untuned(software) }
  const best = { narrow: Infinity, wide: Infinity, lone: Infinity }
  const inputs = Object.entries(probes).map(([kind, { rows, cols }]) => ({
    kind: kind as RowKind,
    x: backend.makeTensorInfo([rows, cols], 'float32', sawtooth(rows * cols)),
  }))
  for (const plan of plans) {
    for (const { kind, x } of inputs) {
      if (performance.now() > deadline) break
      const time = await timeOf(backend, x, plan)
      if (time < clearly * best[kind]) {
        best[kind] = time
        tuning[kind] = plan
      }
    }
  }
  for (const { x } of inputs) backend.disposeData(x.dataId)
  remember(store, key, tuning)
  return tuning
}

/** Milliseconds of one run, the better of two after one that compiles. @throws GpuError if the device refuses it */
async function timeOf(backend: WebGPUBackend, x: TensorInfo, plan: Plan): Promise<number> {
  const run = () => backend.disposeData(dispatchRows(backend, softmaxOp, 'forward', { T: 1 }, [x], plan).dataId)
  await checked(backend, 'autotune', run)
  let best = Infinity
  for (let round = 0; round < 2; round++) {
    const started = performance.now()
    run()
    submit(backend)
    await backend.queue.onSubmittedWorkDone()
    best = Math.min(best, performance.now() - started)
  }
  return best
}

/** Logits without randomness: the time of these kernels hardly depends on them. */
const sawtooth = (length: number) => Float32Array.from({ length }, (_, i) => ((i * 37) % 101) / 25)

function recall(store: TuningStore | undefined, key: string, plans: readonly Plan[]): Tuning | null {
  try {
    const chosen = JSON.parse(store?.get(key) ?? 'null') as Partial<Record<RowKind, number>> | null
    const plan = (kind: RowKind) => plans[chosen?.[kind] ?? -1]
    const [narrow, wide, lone] = [plan('narrow'), plan('wide'), plan('lone')]
    return narrow && wide && lone ? { narrow, wide, lone } : null
  } catch {
    return null // what was kept is not readable: measure again
  }
}

function remember(store: TuningStore | undefined, key: string, tuning: Tuning): void {
  const plans = [...softwarePlans, ...hardwarePlans]
  try {
    store?.set(
      key,
      JSON.stringify(tuning, (_, value: unknown) => (plans.includes(value as Plan) ? nth(value as Plan) : value)),
    )
  } catch {
    // Storage is full or refused: the next start measures again.
  }
}

/** Place of a plan in its own list. */
function nth(plan: Plan): number {
  return Math.max(softwarePlans.indexOf(plan), hardwarePlans.indexOf(plan))
}
