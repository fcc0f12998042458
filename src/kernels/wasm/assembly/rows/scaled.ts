// softmax(κ x) by rows, κ = s ln n + b: softmax (s = 0) and scalable softmax. x, y and d hold rows of n = first, first + 1,
// … T entries, `step` apart: the rows of causal attention from 1 to T, one row of its own from T to T. Oracles: src/math/normalizers/softmax.ts and ssmax.ts (test/kernels/wasm/rows.test.ts).

import { dot, exp, kept, roomFor, rowMaximum, rowMinimum, sumOf } from '../lanes'

export function scaled(first: i32, T: i32, step: i32, x: usize, y: usize, s: f32, b: f32): void {
  for (let n = first; n <= T; n++, x += (<usize>step) << 2, y += (<usize>step) << 2) {
    const kappa = s * Mathf.log(<f32>n) + b
    const factor = f32x4.splat(kappa)
    // The gap to the logit that κ makes the largest is taken before it is multiplied: it keeps its digits.
    const top = f32x4.splat(kappa < 0 ? rowMinimum(n, x) : rowMaximum(n, x))
    let sum = f32x4.splat(0)
    for (let i = 0; i < n; i += 4) {
      const at = (<usize>i) << 2
      const e = v128.and(exp(f32x4.mul(f32x4.sub(v128.load(x + at), top), factor)), kept(i, n))
      sum = f32x4.add(sum, e)
      v128.store(y + at, e)
    }
    const share = f32x4.splat(<f32>1 / sumOf(sum))
    for (let i = 0; i < n; i += 4) {
      const at = y + ((<usize>i) << 2)
      v128.store(at, f32x4.mul(v128.load(at), share))
    }
  }
}

/** d ← Jᵀd. @returns ⟨d, ∂y/∂s⟩ */
export function scaledBack(first: i32, T: i32, step: i32, x: usize, y: usize, d: usize, s: f32, b: f32): f32 {
  let moved: f32 = 0
  for (let n = first; n <= T; n++, x += (<usize>step) << 2, y += (<usize>step) << 2, d += (<usize>step) << 2) {
    const logLength = Mathf.log(<f32>n)
    const factor = f32x4.splat(s * logLength + b)
    const mean = f32x4.splat(dot(n, d, y))
    let along = f32x4.splat(0)
    for (let i = 0; i < roomFor(n); i += 4) {
      const at = (<usize>i) << 2
      const inside = kept(i, n)
      const pull = v128.and(f32x4.mul(v128.load(y + at), f32x4.sub(v128.load(d + at), mean)), inside)
      along = f32x4.add(along, f32x4.mul(pull, v128.and(v128.load(x + at), inside)))
      v128.store(d + at, f32x4.mul(pull, factor))
    }
    moved += logLength * sumOf(along)
  }
  return moved
}
