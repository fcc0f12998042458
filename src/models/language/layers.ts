import type { Pace } from '../../engine/breathe.ts'
import type { Activation, Linear, ModelShape, NormWeights } from './model.ts'

/** Normalises each token's row; shape [T, width]. Layer norm takes the mean away and adds a bias, RMS norm does neither. */
export function normalised(
  x: Float64Array,
  { gain, bias }: NormWeights,
  { norm, normEpsilon, width }: Pick<ModelShape, 'norm' | 'normEpsilon' | 'width'>,
): Float64Array {
  const out = new Float64Array(x.length)
  for (let at = 0; at < x.length; at += width) {
    let mean = 0
    if (norm === 'layer') for (let i = 0; i < width; i++) mean += x[at + i]! / width
    let square = 0
    for (let i = 0; i < width; i++) square += (x[at + i]! - mean) ** 2
    const scale = 1 / Math.sqrt(square / width + normEpsilon)
    for (let i = 0; i < width; i++) out[at + i] = (x[at + i]! - mean) * scale * gain[i]! + (bias?.[i] ?? 0)
  }
  return out
}

/** Output rows between two breaths. */
const blockRows = 64

/** x Wᵀ + b for T rows; shapes [T, inputs] → [T, outputs]. */
export type Project = (x: Float64Array, linear: Linear, breath: Pace) => Promise<Float64Array>

/** {@link Project} with sums in float64. */
export const applied: Project = async (x, { weight, bias, inputs, outputs }, breath) => {
  const y = new Float64Array((x.length / inputs) * outputs)
  for (let first = 0; first < outputs; first += blockRows) {
    multiply({ x, weight, y, inputs, outputs, first, end: Math.min(outputs, first + blockRows) })
    await breath()
  }
  if (bias) for (let i = 0; i < y.length; i++) y[i]! += bias[i % outputs]!
  return y
}

interface Product {
  readonly x: Float64Array
  /** Shape [outputs, inputs]. */
  readonly weight: Float32Array
  readonly y: Float64Array
  readonly inputs: number
  readonly outputs: number
  /** Outputs [first, end) are computed. */
  readonly first: number
  readonly end: number
}

/** Some columns of x Wᵀ. Four tokens share each weight that is loaded. */
function multiply({ x, weight, y, inputs, outputs, first, end }: Product): void {
  const tokens = x.length / inputs
  const fours = tokens - (tokens % 4)
  for (let o = first; o < end; o++) {
    const row = o * inputs
    for (let t = 0; t < fours; t += 4) {
      const [x0, x1, x2, x3] = [t * inputs, (t + 1) * inputs, (t + 2) * inputs, (t + 3) * inputs]
      let [a, b, c, d] = [0, 0, 0, 0]
      for (let i = 0; i < inputs; i++) {
        const w = weight[row + i]!
        a += w * x[x0 + i]!
        b += w * x[x1 + i]!
        c += w * x[x2 + i]!
        d += w * x[x3 + i]!
      }
      y[t * outputs + o] = a
      y[(t + 1) * outputs + o] = b
      y[(t + 2) * outputs + o] = c
      y[(t + 3) * outputs + o] = d
    }
    for (let t = fours; t < tokens; t++) {
      let sum = 0
      for (let i = 0; i < inputs; i++) sum += weight[row + i]! * x[t * inputs + i]!
      y[t * outputs + o] = sum
    }
  }
}

/** The MLP's bend, in place; `gate` is what `swiglu` multiplies by. */
export function activate(up: Float64Array, gate: Float64Array | null, kind: Activation): void {
  if (gate) {
    for (let i = 0; i < up.length; i++) up[i]! *= gate[i]! / (1 + Math.exp(-gate[i]!))
    return
  }
  const bend = kind === 'relu' ? relu : geluTanh
  for (let i = 0; i < up.length; i++) up[i] = bend(up[i]!)
}

const relu = (x: number): number => Math.max(x, 0)

/** GELU by its tanh form (Hendrycks & Gimpel 2016, arXiv:1606.08415). */
const geluTanh = (x: number): number => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))
