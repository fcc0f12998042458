import { openLoops, type OpenLoops } from '../../../kernels/wasm/openLoops.ts'
import type { Project } from '../layers.ts'

/** Rows of a matrix that are in WASM's memory at once. */
const blockRows = 64

/** Matrix products by our SIMD loops, in float32; all else stays in float64. @returns the reason where WASM does not run */
export async function openWasmProject(): Promise<Project | { readonly reason: string }> {
  const first = await openLoops(0)
  if ('reason' in first) return first
  let opened: OpenLoops = first
  return async (x, { weight, bias, inputs, outputs }, breath) => {
    const T = x.length / inputs
    const entries = inputs * T + blockRows * (inputs + T)
    if (opened.buffer.byteLength < opened.firstFree + 4 * entries) {
      const larger = await openLoops(4 * entries)
      if ('reason' in larger) throw new Error(`WASM: ${larger.reason}`)
      opened = larger
    }
    const { loops, buffer, firstFree } = opened
    const part = (from: number, length: number) => new Float32Array(buffer, firstFree + 4 * from, length)
    const turned = part(0, inputs * T)
    const rows = part(inputs * T, blockRows * inputs)
    const made = part((T + blockRows) * inputs, blockRows * T)
    for (let t = 0; t < T; t++) for (let i = 0; i < inputs; i++) turned[i * T + t] = x[t * inputs + i]!
    const y = new Float64Array(T * outputs)
    for (let from = 0; from < outputs; from += blockRows) {
      const count = Math.min(blockRows, outputs - from)
      rows.set(weight.subarray(from * inputs, (from + count) * inputs))
      const [a, b, c] = [rows.byteOffset, turned.byteOffset, made.byteOffset]
      loops.multiply(count, T, inputs, a, inputs, 1, b, T, c, T, 1, 0)
      for (let o = 0; o < count; o++)
        for (let t = 0; t < T; t++) y[t * outputs + from + o] = made[o * T + t]! + (bias?.[from + o] ?? 0)
      await breath()
    }
    return y
  }
}
