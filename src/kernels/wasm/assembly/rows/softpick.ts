// Softpick over causal rows; shapes as in scaled.ts. Its terms are e^x − 1 over e^{max x}.
// Oracle: src/math/normalizers/softpick.ts (test/kernels/wasm/rows.test.ts).

import { exp, expm1, kept, roomFor, rowMaximum, sumOf } from '../lanes'

/** (e^x − 1) e^{−top}: by expm1, which keeps the digits of a small logit, unless that overflows. */
function term(x: v128, top: f32): v128 {
  if (top < 80) return f32x4.mul(expm1(x), exp(f32x4.splat(-top)))
  return f32x4.sub(exp(f32x4.sub(x, f32x4.splat(top))), exp(f32x4.splat(-top)))
}

export function softpick(first: i32, T: i32, step: i32, x: usize, y: usize, eps: f32, _: f32): void {
  for (let n = first; n <= T; n++, x += (<usize>step) << 2, y += (<usize>step) << 2) {
    const top = rowMaximum(n, x)
    let sum = f32x4.splat(0)
    for (let i = 0; i < n; i += 4) {
      const at = (<usize>i) << 2
      const value = v128.and(term(v128.load(x + at), top), kept(i, n))
      sum = f32x4.add(sum, f32x4.abs(value))
      v128.store(y + at, top <= 0 ? f32x4.splat(0) : f32x4.max(value, f32x4.splat(0)))
    }
    if (top <= 0) continue
    const share = f32x4.splat(<f32>1 / (sumOf(sum) + eps))
    for (let i = 0; i < n; i += 4) {
      const at = y + ((<usize>i) << 2)
      v128.store(at, f32x4.mul(v128.load(at), share))
    }
  }
}

/** d ← Jᵀd; nothing is learned, so it returns 0. */
export function softpickBack(first: i32, T: i32, step: i32, x: usize, y: usize, d: usize, eps: f32, _: f32): f32 {
  const zero = f32x4.splat(0)
  for (let n = first; n <= T; n++, x += (<usize>step) << 2, y += (<usize>step) << 2, d += (<usize>step) << 2) {
    const end = roomFor(n)
    const top = rowMaximum(n, x)
    let sum = zero
    let along = zero
    for (let i = 0; i < n; i += 4) {
      const at = (<usize>i) << 2
      const inside = kept(i, n)
      sum = f32x4.add(sum, v128.and(f32x4.abs(term(v128.load(x + at), top)), inside))
      along = f32x4.add(along, v128.and(f32x4.mul(v128.load(d + at), v128.load(y + at)), inside))
    }
    const q = sumOf(along)
    const share = <f32>1 / (sumOf(sum) + eps)
    let largest = -1
    for (let i = 0; i < n && largest < 0; i++) if (load<f32>(x + ((<usize>i) << 2)) === top) largest = i
    for (let i = 0; i < end; i += 4) {
      const at = (<usize>i) << 2
      const logits = v128.load(x + at)
      const positive = f32x4.gt(logits, zero)
      const negative = f32x4.lt(logits, zero)
      const up = v128.and(f32x4.sub(v128.load(d + at), f32x4.splat(q)), positive)
      const down = v128.and(f32x4.splat(q), negative)
      const slope = f32x4.mul(exp(f32x4.sub(logits, f32x4.splat(top))), f32x4.splat(share))
      const back = v128.and(f32x4.mul(slope, f32x4.add(up, down)), kept(i, n))
      v128.store(d + at, top <= 0 ? zero : back)
    }
    // The epsilon is relative to the largest exponential, so the largest logit moves it.
    if (top > 0) {
      const at = d + ((<usize>largest) << 2)
      store<f32>(at, load<f32>(at) - eps * share * q)
    }
  }
  return 0
}
