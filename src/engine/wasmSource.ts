import { fastRowsOf } from '../kernels/wasm/fastRows.ts'
import { openLoops } from '../kernels/wasm/openLoops.ts'
import { normalizerById } from '../math/index.ts'
import type { JobOptions, RowsJob, RowsResult, Rung, RungSource, Unavailable } from './contract.ts'
import { eachRow } from './eachRow.ts'
import { exactRow } from './exactRow.ts'

const device = 'WebAssembly SIMD, float32'

/** Our SIMD loops, in float32. A row with a mask, a NaN or an infinity goes through float64: it knows every edge rule. */
export const wasmSource: RungSource = {
  id: 'wasm',
  async open(): Promise<Rung | Unavailable> {
    const tried = await openLoops(0)
    return 'reason' in tried ? { unavailable: tried.reason } : wasmRung
  },
}

const wasmRung: Rung = {
  id: 'wasm',
  device,
  precision: 'float32',
  software: false,
  refuses: ({ normalizer, params }) =>
    fastRowsOf(normalizer, params) ? null : `there are no WebAssembly loops for ${normalizer} at these parameters`,
  rows,
  buffers: () => 0,
  lost: null,
  dispose: () => undefined,
}

async function rows(job: RowsJob, options: JobOptions): Promise<RowsResult> {
  const { cols, cotangent, kind, mask, x } = job
  const inWasm = await wasmRow(job)
  const exact = exactRow(job)
  const y = new Float32Array(job.rows * cols)
  const milliseconds = await eachRow(job, options, (row) => {
    const [start, end] = [row * cols, (row + 1) * cols]
    const logits = x.subarray(start, end)
    const slopes = kind === 'vjp' ? cotangent?.subarray(start, end) : undefined
    y.set((mask || cols === 0 ? null : inWasm(logits, slopes)) ?? exact(row), start)
  })
  return { y, rung: 'wasm', precision: 'float32', device, milliseconds }
}

type Numbers = Float32Array | Float64Array

/** Runs one row in WASM's memory; null for a row that is not finite in float32. */
async function wasmRow({ normalizer, params, cols }: RowsJob) {
  const fast = fastRowsOf(normalizer, params)
  // Loops read four entries at a time, past the end of the row.
  const step = 8 * Math.ceil(cols / 8)
  const opened = await openLoops(4 * 3 * step)
  if (!fast || 'reason' in opened) throw new Error(`engine: ${device} does not run ${normalizer}`)
  const { loops, buffer, firstFree } = opened
  const [z, y, c] = [0, 1, 2].map((i) => new Float32Array(buffer, firstFree + 4 * i * step, step)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ]
  const [p0, p1] = fast.numbers(params, learnedIn(normalizer, params))
  const [forward, back] = [fast.forward(loops), fast.back(loops)]
  return (logits: Numbers, slopes: Numbers | undefined): Float32Array | null => {
    z.set(logits)
    if (slopes) c.set(slopes)
    if (!allFinite(z, cols) || (slopes && !allFinite(c, cols))) return null
    forward(cols, cols, step, z.byteOffset, y.byteOffset, p0, p1)
    if (slopes) back(cols, cols, step, z.byteOffset, y.byteOffset, c.byteOffset, p0, p1)
    return (slopes ? c : y).subarray(0, cols)
  }
}

function allFinite(values: Float32Array, count: number): boolean {
  for (let i = 0; i < count; i++) if (!Number.isFinite(values[i])) return false
  return true
}

/** What a head would learn, which a job gives as a parameter. */
function learnedIn(id: string, params: RowsJob['params']): number {
  const learned = Object.entries(normalizerById(id)?.params ?? {}).find(([, spec]) => spec.learned)
  return Number(learned === undefined ? NaN : params[learned[0]])
}
