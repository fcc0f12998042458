// Softmax with one more logit s whose weight is thrown away, over causal rows; softmax-n is s = ln n. Shapes as in
// scaled.ts. Oracles: src/math/normalizers/sink.ts and softmaxN.ts (test/kernels/wasm/rows.test.ts).

import { dot, exp, kept, roomFor, rowMaximum, sumOf } from '../lanes'

export function sink(first: i32, T: i32, step: i32, x: usize, y: usize, s: f32, _: f32): void {
  for (let n = first; n <= T; n++, x += (<usize>step) << 2, y += (<usize>step) << 2) {
    const top = max(rowMaximum(n, x), s)
    let sum = f32x4.splat(0)
    for (let i = 0; i < n; i += 4) {
      const at = (<usize>i) << 2
      const e = v128.and(exp(f32x4.sub(v128.load(x + at), f32x4.splat(top))), kept(i, n))
      sum = f32x4.add(sum, e)
      v128.store(y + at, e)
    }
    const sunk = f32x4.extract_lane(exp(f32x4.splat(s - top)), 0)
    const share = f32x4.splat(<f32>1 / (sunk + sumOf(sum)))
    for (let i = 0; i < n; i += 4) {
      const at = y + ((<usize>i) << 2)
      v128.store(at, f32x4.mul(v128.load(at), share))
    }
  }
}

/** d ← Jᵀd. @returns ⟨d, ∂y/∂s⟩ = −⟨d, y⟩ times the weight of s */
export function sinkBack(first: i32, T: i32, step: i32, x: usize, y: usize, d: usize, s: f32, _: f32): f32 {
  let moved: f32 = 0
  for (let n = first; n <= T; n++, x += (<usize>step) << 2, y += (<usize>step) << 2, d += (<usize>step) << 2) {
    const mean = dot(n, d, y)
    // The sink's own weight, e^s / (e^s + Σ eˣ), was not kept: it is summed anew, from the largest logit so that nothing overflows.
    const top = max(rowMaximum(n, x), s)
    let total = f32x4.splat(0)
    for (let i = 0; i < roomFor(n); i += 4) {
      const at = (<usize>i) << 2
      const inside = kept(i, n)
      total = f32x4.add(total, v128.and(exp(f32x4.sub(v128.load(x + at), f32x4.splat(top))), inside))
      const back = f32x4.mul(v128.load(y + at), f32x4.sub(v128.load(d + at), f32x4.splat(mean)))
      v128.store(d + at, v128.and(back, inside))
    }
    const sunk = f32x4.extract_lane(exp(f32x4.splat(s - top)), 0)
    moved -= (mean * sunk) / (sunk + sumOf(total))
  }
  return moved
}
