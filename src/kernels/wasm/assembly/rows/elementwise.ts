// Each weight by its own logit, over causal rows: sigmoid(x + b) with b = bias − perLog · ln n, and max(x, 0) / n.
// Shapes as in scaled.ts. Oracles: src/math/normalizers/sigmoid.ts and reluN.ts (test/kernels/wasm/rows.test.ts).

import { exp, kept, roomFor } from '../lanes'

export function sigmoid(first: i32, T: i32, step: i32, x: usize, y: usize, bias: f32, perLog: f32): void {
  const one = f32x4.splat(1)
  for (let n = first; n <= T; n++, x += (<usize>step) << 2, y += (<usize>step) << 2) {
    const shift = f32x4.splat(bias - perLog * Mathf.log(<f32>n))
    for (let i = 0; i < n; i += 4) {
      const at = (<usize>i) << 2
      const z = f32x4.add(v128.load(x + at), shift)
      // The exponent is never positive, so a small weight keeps its digits.
      const e = exp(f32x4.neg(f32x4.abs(z)))
      const above = v128.bitselect(e, one, f32x4.lt(z, f32x4.splat(0)))
      v128.store(y + at, v128.and(f32x4.div(above, f32x4.add(one, e)), kept(i, n)))
    }
  }
}

/** d ← Jᵀd; nothing is learned, so it returns 0. */
export function sigmoidBack(first: i32, T: i32, step: i32, x: usize, y: usize, d: usize, bias: f32, perLog: f32): f32 {
  const one = f32x4.splat(1)
  for (let n = first; n <= T; n++, x += (<usize>step) << 2, d += (<usize>step) << 2) {
    const shift = f32x4.splat(bias - perLog * Mathf.log(<f32>n))
    for (let i = 0; i < roomFor(n); i += 4) {
      const at = (<usize>i) << 2
      // σ (1 − σ) without the cancellation of 1 − σ near 1.
      const e = exp(f32x4.neg(f32x4.abs(f32x4.add(v128.load(x + at), shift))))
      const whole = f32x4.add(one, e)
      const back = f32x4.div(f32x4.mul(v128.load(d + at), e), f32x4.mul(whole, whole))
      v128.store(d + at, v128.and(back, kept(i, n)))
    }
  }
  return 0
}

export function rectified(first: i32, T: i32, step: i32, x: usize, y: usize, _0: f32, _1: f32): void {
  for (let n = first; n <= T; n++, x += (<usize>step) << 2, y += (<usize>step) << 2) {
    const count = f32x4.splat(<f32>n)
    for (let i = 0; i < n; i += 4) {
      const at = (<usize>i) << 2
      const value = f32x4.div(f32x4.max(v128.load(x + at), f32x4.splat(0)), count)
      v128.store(y + at, v128.and(value, kept(i, n)))
    }
  }
}

/** d ← Jᵀd, slope 0 at the kink; nothing is learned, so it returns 0. */
export function rectifiedBack(first: i32, T: i32, step: i32, x: usize, y: usize, d: usize, _0: f32, _1: f32): f32 {
  const zero = f32x4.splat(0)
  for (let n = first; n <= T; n++, x += (<usize>step) << 2, d += (<usize>step) << 2) {
    const count = f32x4.splat(<f32>n)
    for (let i = 0; i < roomFor(n); i += 4) {
      const at = (<usize>i) << 2
      const open = v128.and(f32x4.gt(v128.load(x + at), zero), kept(i, n))
      v128.store(d + at, v128.and(f32x4.div(v128.load(d + at), count), open))
    }
  }
  return 0
}
