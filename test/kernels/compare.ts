import { checked, type WebGPUBackend } from '../../src/engine/tf.ts'
import { encodeRows } from '../../src/kernels/border.ts'
import { rowOpOf } from '../../src/kernels/index.ts'
import { dispatchRows } from '../../src/kernels/webgpu/dispatch.ts'
import type { Direction, Plan } from '../../src/kernels/webgpu/rowProgram.ts'
import type { ParamValues } from '../../src/math/normalizers/params.ts'
import { oracleOf } from './rowCases.ts'

export interface KernelRun {
  readonly id: string
  readonly direction: Direction
  readonly params: ParamValues
  readonly plan: Plan
  readonly rows: number
  readonly cols: number
  readonly x: Float32Array
  readonly cotangent?: Float32Array
  readonly mask?: Uint8Array
}

/** Runs a kernel under a plan of the test's choosing. */
export async function runKernel(backend: WebGPUBackend, run: KernelRun): Promise<Float32Array> {
  const op = rowOpOf(run.id)
  if (!op) throw new Error(`no kernel for ${run.id}`)
  const { x, cotangent } = encodeRows(run, 0, run.rows)
  const inputs = [x, ...(run.direction === 'vjp' && cotangent ? [cotangent] : [])].map((values) =>
    backend.makeTensorInfo([run.rows, run.cols], 'float32', values),
  )
  const label = `${run.id} ${run.direction} [${run.rows}, ${run.cols}]`
  const y = await checked(backend, label, () => dispatchRows(backend, op, run.direction, run.params, inputs, run.plan))
  const values = (await backend.read(y.dataId)) as Float32Array
  for (const tensor of [...inputs, y]) backend.disposeData(tensor.dataId)
  return values
}

/** Float64 answers to the same rows. */
export function answers({
  id,
  direction,
  params,
  rows,
  cols,
  x,
  cotangent,
  mask,
}: Omit<KernelRun, 'plan'>): Float64Array {
  const oracle = oracleOf(id)
  const want = new Float64Array(rows * cols)
  for (let r = 0; r < rows; r++) {
    const [from, to] = [r * cols, (r + 1) * cols]
    const row = x.subarray(from, to)
    const kept = mask?.subarray(from, to)
    const y =
      direction === 'forward'
        ? oracle.forward(row, params, kept)
        : oracle.vjp(row, cotangent!.subarray(from, to), params, kept)
    want.set(y, from)
  }
  return want
}

/** Largest |got − want| / max(1, largest |want| of the row), and where. */
export function worst(got: ArrayLike<number>, want: Float64Array, cols: number): { error: number; at: number } {
  let result = { error: 0, at: -1 }
  for (let from = 0; from < want.length; from += cols) {
    let scale = 1
    for (let i = from; i < from + cols; i++) scale = Math.max(scale, Math.abs(want[i]!))
    for (let i = from; i < from + cols; i++) {
      const error = Math.abs(got[i]! - want[i]!) / scale
      if (!(error <= result.error)) result = { error, at: i }
    }
  }
  return result
}

/** Nothing if every entry is within `tolerance` of float64, relative to the row's largest or 1; else the worst, in words. */
export async function misses(backend: WebGPUBackend, run: KernelRun, tolerance: number): Promise<string[]> {
  const got = await runKernel(backend, run)
  const want = answers(run)
  const { error, at } = worst(got, want, run.cols)
  if (error <= tolerance) return []
  const [row, col] = [Math.floor(at / run.cols), at % run.cols]
  const what = `${run.id} ${JSON.stringify(run.params)} ${run.direction} [${run.rows}, ${run.cols}]`
  return [`${what} row ${row}, col ${col}: ${got[at]} for ${want[at]}, ${error.toExponential(1)} off`]
}
