import type { Pace } from '../../engine/breathe.ts'
import type { HeadNormalizer } from './forward.ts'
import type { ModelShape } from './model.ts'

export interface AttendInput {
  /** Shape [T, heads · headWidth]. */
  readonly q: Float64Array
  /** Shape [T, kvHeads · headWidth]; so is v. */
  readonly k: Float64Array
  readonly v: Float64Array
  readonly shape: ModelShape
  readonly breath: Pace
  readonly normalizerAt: (head: number) => HeadNormalizer
  /** Is filled: weights, shape [heads, T, T]; 0 above the diagonal. */
  readonly maps: Float64Array | Float32Array
  /** Is filled: ‖v‖, shape [kvHeads, T]. */
  readonly valueNorms: Float64Array
}

/**
 * Causal attention: row i of a head is its normalizer of q_i · k_j / √(head width) for j ≤ i, and no other key counts in n.
 * @returns Σ_j weight v_j, shape [T, heads · headWidth]
 */
export async function attend(input: AttendInput): Promise<Float64Array> {
  const { q, k, v, shape, breath, normalizerAt, maps, valueNorms } = input
  const { heads, kvHeads, headWidth } = shape
  const T = q.length / (heads * headWidth)
  const mixed = new Float64Array(q.length)
  normsOf(v, kvHeads, headWidth, valueNorms)
  const scores = new Float64Array(T)
  const scale = 1 / Math.sqrt(headWidth)
  for (let head = 0; head < heads; head++) {
    const { entry, params } = normalizerAt(head)
    const group = Math.floor((head * kvHeads) / heads)
    for (let i = 0; i < T; i++) {
      const at = (i * heads + head) * headWidth
      for (let j = 0; j <= i; j++) {
        const other = (j * kvHeads + group) * headWidth
        let sum = 0
        for (let c = 0; c < headWidth; c++) sum += q[at + c]! * k[other + c]!
        scores[j] = sum * scale
      }
      const row = entry.forward(scores.subarray(0, i + 1), params)
      maps.set(row, (head * T + i) * T)
      for (let j = 0; j <= i; j++) {
        const weight = row[j]!
        if (weight === 0) continue
        const other = (j * kvHeads + group) * headWidth
        for (let c = 0; c < headWidth; c++) mixed[at + c]! += weight * v[other + c]!
      }
    }
    await breath()
  }
  return mixed
}

function normsOf(v: Float64Array, kvHeads: number, headWidth: number, out: Float64Array): void {
  const T = v.length / (kvHeads * headWidth)
  for (let group = 0; group < kvHeads; group++)
    for (let t = 0; t < T; t++) {
      const at = (t * kvHeads + group) * headWidth
      out[group * T + t] = Math.hypot(...v.subarray(at, at + headWidth))
    }
}
