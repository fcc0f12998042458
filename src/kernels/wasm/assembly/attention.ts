// Causal attention of heads, f32. q, k, v and o are [sequences, T, width], a head being `headWidth` columns of it;
// scores and weights are [sequences, heads, T, step], step = T rounded up to 8. Rows go in blocks of 8 and a block
// reads keys up to its own end, so that half of the square is never touched. `scratch` has room for headWidth × step.
// Oracle: src/models/transformer/float64/attention.ts (test/models/transformer/loops.test.ts).

import { multiply, transpose } from './matrix'

const block: i32 = 8

function bytes(entries: i32): usize {
  return (<usize>entries) << 2
}

/** scores = scale · q kᵀ for keys up to each row's block. */
export function scores(
  sequences: i32,
  T: i32,
  heads: i32,
  headWidth: i32,
  step: i32,
  q: usize,
  k: usize,
  out: usize,
  scale: f32,
  scratch: usize,
): void {
  const width = heads * headWidth
  for (let s = 0; s < sequences; s++)
    for (let h = 0; h < heads; h++) {
      const start = bytes(s * T * width + h * headWidth)
      const square = out + bytes((s * heads + h) * T * step)
      transpose(T, headWidth, k + start, width, scratch, step)
      for (let r = 0; r < T; r += block) {
        const rows = min(block, T - r)
        const from = q + start + bytes(r * width)
        multiply(
          rows,
          r + block,
          headWidth,
          from,
          width,
          1,
          scratch,
          step,
          square + bytes(r * step),
          step,
          scale,
          false,
        )
      }
    }
}

/** o = weights · v. */
export function mix(
  sequences: i32,
  T: i32,
  heads: i32,
  headWidth: i32,
  step: i32,
  weights: usize,
  v: usize,
  o: usize,
  scale: f32,
): void {
  const width = heads * headWidth
  for (let s = 0; s < sequences; s++)
    for (let h = 0; h < heads; h++) {
      const start = bytes(s * T * width + h * headWidth)
      const square = weights + bytes((s * heads + h) * T * step)
      for (let r = 0; r < T; r += block) {
        const rows = min(block, T - r)
        const to = o + start + bytes(r * width)
        multiply(
          rows,
          headWidth,
          min(r + block, T),
          square + bytes(r * step),
          step,
          1,
          v + start,
          width,
          to,
          width,
          scale,
          false,
        )
      }
    }
}

/** out = weightsᵀ · rows: what the keys receive from the queries after them. */
export function mixBack(
  sequences: i32,
  T: i32,
  heads: i32,
  headWidth: i32,
  step: i32,
  weights: usize,
  rows: usize,
  out: usize,
  scale: f32,
): void {
  const width = heads * headWidth
  for (let s = 0; s < sequences; s++)
    for (let h = 0; h < heads; h++) {
      const start = bytes(s * T * width + h * headWidth)
      const square = weights + bytes((s * heads + h) * T * step)
      for (let r = 0; r < T; r += block) {
        const keys = min(block, T - r)
        const at = start + bytes(r * width)
        multiply(
          keys,
          headWidth,
          T - r,
          square + bytes(r * step + r),
          1,
          step,
          rows + at,
          width,
          out + at,
          width,
          scale,
          false,
        )
      }
    }
}
