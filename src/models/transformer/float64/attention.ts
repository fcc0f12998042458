import type { AttentionShape, Loops } from '../loops.ts'

/** Calls `each` with where a head's rows and its square of scores start. */
function eachHead(
  { T, heads, headWidth, step }: AttentionShape,
  sequences: number,
  each: (rows: number, square: number) => void,
): void {
  for (let s = 0; s < sequences; s++)
    for (let h = 0; h < heads; h++) each(s * T * heads * headWidth + h * headWidth, (s * heads + h) * T * step)
}

export const scores: Loops['scores'] = (shape, sequences, q, k, out, scale) => {
  const { T, heads, headWidth, step } = shape
  const width = heads * headWidth
  eachHead(shape, sequences, (rows, square) => {
    for (let i = 0; i < T; i++)
      for (let j = 0; j <= i; j++) {
        const [query, key] = [rows + i * width, rows + j * width]
        let sum = 0
        for (let c = 0; c < headWidth; c++) sum += q[query + c]! * k[key + c]!
        out[square + i * step + j] = scale * sum
      }
  })
}

export const mix: Loops['mix'] = (shape, sequences, weights, v, o, scale) => {
  const { T, heads, headWidth, step } = shape
  const width = heads * headWidth
  eachHead(shape, sequences, (rows, square) => {
    for (let i = 0; i < T; i++) {
      const to = rows + i * width
      o.fill(0, to, to + headWidth)
      for (let j = 0; j <= i; j++) {
        const weight = scale * weights[square + i * step + j]!
        const from = rows + j * width
        for (let c = 0; c < headWidth; c++) o[to + c]! += weight * v[from + c]!
      }
    }
  })
}

export const mixBack: Loops['mixBack'] = (shape, sequences, weights, given, out, scale) => {
  const { T, heads, headWidth, step } = shape
  const width = heads * headWidth
  eachHead(shape, sequences, (rows, square) => {
    for (let j = 0; j < T; j++) {
      const to = rows + j * width
      out.fill(0, to, to + headWidth)
      for (let i = j; i < T; i++) {
        const weight = scale * weights[square + i * step + j]!
        const from = rows + i * width
        for (let c = 0; c < headWidth; c++) out[to + c]! += weight * given[from + c]!
      }
    }
  })
}

export const rotate: Loops['rotate'] = ({ T, heads, headWidth }, sequences, x, turns, direction) => {
  const width = heads * headWidth
  for (let row = 0; row < sequences * T; row++) {
    const angles = (row % T) * headWidth
    for (let c = 0; c < width; c += 2) {
      const at = row * width + c
      const cosine = turns[angles + (c % headWidth)]!
      const sine = direction * turns[angles + (c % headWidth) + 1]!
      const [a, b] = [x[at]!, x[at + 1]!]
      x[at] = a * cosine - b * sine
      x[at + 1] = a * sine + b * cosine
    }
  }
}
