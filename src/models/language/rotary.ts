import type { Rotary } from './model.ts'

/** Angles of rotary positions: pair i turns by theta^(−2i / headWidth) radians a position (Su et al. 2021, arXiv:2104.09864). */
export function rotaryFrequencies(headWidth: number, theta: number): Float64Array {
  return Float64Array.from({ length: headWidth / 2 }, (_, i) => theta ** ((-2 * i) / headWidth))
}

export interface Llama3Scaling {
  readonly factor: number
  readonly lowFactor: number
  readonly highFactor: number
  /** Tokens that the model was first trained on. */
  readonly context: number
}

/** Llama 3's stretch: slow turns are slowed by `factor`, quick ones stay, and between them it goes over smoothly. */
export function llama3Frequencies(
  frequencies: Float64Array,
  { factor, lowFactor, highFactor, context }: Llama3Scaling,
): Float64Array {
  return frequencies.map((frequency) => {
    const turns = (context * frequency) / (2 * Math.PI)
    if (turns < lowFactor) return frequency / factor
    if (turns > highFactor) return frequency
    const share = (turns - lowFactor) / (highFactor - lowFactor)
    return (1 - share) * (frequency / factor) + share * frequency
  })
}

/** Turns each head of each token by its position, in place. `x` has shape [T, heads · headWidth]. */
export function rotate(x: Float64Array, tokens: number, heads: number, { pairs, frequencies }: Rotary): void {
  const half = frequencies.length
  const [step, apart] = pairs === 'interleaved' ? [2, 1] : [1, half]
  for (let t = 0; t < tokens; t++) {
    for (let i = 0; i < half; i++) {
      const cos = Math.cos(t * frequencies[i]!)
      const sin = Math.sin(t * frequencies[i]!)
      for (let head = 0; head < heads; head++) {
        const at = (t * heads + head) * 2 * half + i * step
        const [a, b] = [x[at]!, x[at + apart]!]
        x[at] = a * cos - b * sin
        x[at + apart] = a * sin + b * cos
      }
    }
  }
}
