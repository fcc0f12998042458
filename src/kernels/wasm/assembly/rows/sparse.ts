// Sparsemax and 1.5-entmax over causal rows; shapes as in scaled.ts. With u = x (sparsemax) or x / 2 (entmax) counted
// from its largest, weights are (u − τ)₊ or its square and τ in [−1, 0) makes them sum to 1. Newton's method on
// ‖(u − τ)₊‖ − 1, convex and falling, climbs from τ = −1 without passing the root. Oracles:
// src/math/normalizers/sparsemax.ts and entmax.ts (test/kernels/wasm/rows.test.ts). Source: arXiv:1602.02068, arXiv:1905.05702.

import { kept, roomFor, rowMaximum, sumOf } from '../lanes'

/** (scale · (x − top) − τ)₊ of the four logits at `at`. */
function over(x: usize, at: i32, n: i32, top: f32, scale: f32, tau: f32): v128 {
  const u = f32x4.mul(f32x4.sub(v128.load(x + ((<usize>at) << 2)), f32x4.splat(top)), f32x4.splat(scale))
  return v128.and(f32x4.max(f32x4.sub(u, f32x4.splat(tau)), f32x4.splat(0)), kept(at, n))
}

export function sparsemax(first: i32, T: i32, step: i32, x: usize, y: usize, _0: f32, _1: f32): void {
  for (let n = first; n <= T; n++, x += (<usize>step) << 2, y += (<usize>step) << 2) {
    const top = rowMaximum(n, x)
    let tau: f32 = -1
    // Every round but the last drops an entry, so n rounds are enough.
    for (let round = 0; round < n; round++) {
      let sum = f32x4.splat(0)
      let support = i32x4.splat(0)
      for (let i = 0; i < n; i += 4) {
        const u = over(x, i, n, top, 1, tau)
        sum = f32x4.add(sum, u)
        support = i32x4.sub(support, f32x4.gt(u, f32x4.splat(0)))
      }
      const size = sumOf(f32x4.convert_i32x4_s(support))
      const next = tau + (sumOf(sum) - 1) / size
      if (!(next > tau)) break
      tau = next
    }
    for (let i = 0; i < n; i += 4) v128.store(y + ((<usize>i) << 2), over(x, i, n, top, 1, tau))
  }
}

/** d ← Jᵀd: d minus its mean over the support. */
export function sparsemaxBack(first: i32, T: i32, step: i32, x: usize, y: usize, d: usize, _0: f32, _1: f32): f32 {
  for (let n = first; n <= T; n++, y += (<usize>step) << 2, d += (<usize>step) << 2) {
    let sum = f32x4.splat(0)
    let size = f32x4.splat(0)
    for (let i = 0; i < n; i += 4) {
      const at = (<usize>i) << 2
      const inside = f32x4.gt(v128.load(y + at), f32x4.splat(0))
      sum = f32x4.add(sum, v128.and(v128.load(d + at), inside))
      size = f32x4.add(size, v128.and(f32x4.splat(1), inside))
    }
    const mean = f32x4.splat(sumOf(sum) / sumOf(size))
    for (let i = 0; i < roomFor(n); i += 4) {
      const at = (<usize>i) << 2
      const inside = v128.and(f32x4.gt(v128.load(y + at), f32x4.splat(0)), kept(i, n))
      v128.store(d + at, v128.and(f32x4.sub(v128.load(d + at), mean), inside))
    }
  }
  return 0
}

export function entmax15(first: i32, T: i32, step: i32, x: usize, y: usize, _0: f32, _1: f32): void {
  for (let n = first; n <= T; n++, x += (<usize>step) << 2, y += (<usize>step) << 2) {
    const top = rowMaximum(n, x)
    let tau: f32 = -1
    for (let round = 0; round < 32; round++) {
      let sum = f32x4.splat(0)
      let square = f32x4.splat(0)
      for (let i = 0; i < n; i += 4) {
        const u = over(x, i, n, top, 0.5, tau)
        sum = f32x4.add(sum, u)
        square = f32x4.add(square, f32x4.mul(u, u))
      }
      const norm = Mathf.sqrt(sumOf(square))
      const next = tau + ((norm - 1) * norm) / sumOf(sum)
      if (!(next > tau)) break
      tau = next
    }
    for (let i = 0; i < n; i += 4) {
      const u = over(x, i, n, top, 0.5, tau)
      v128.store(y + ((<usize>i) << 2), f32x4.mul(u, u))
    }
  }
}

/** d ← Jᵀd = s ∘ (d − ⟨s, d⟩ / Σs), s = √y. */
export function entmax15Back(first: i32, T: i32, step: i32, x: usize, y: usize, d: usize, _0: f32, _1: f32): f32 {
  for (let n = first; n <= T; n++, y += (<usize>step) << 2, d += (<usize>step) << 2) {
    let sum = f32x4.splat(0)
    let size = f32x4.splat(0)
    for (let i = 0; i < n; i += 4) {
      const at = (<usize>i) << 2
      const s = f32x4.sqrt(v128.load(y + at))
      sum = f32x4.add(sum, v128.and(f32x4.mul(s, v128.load(d + at)), kept(i, n)))
      size = f32x4.add(size, s)
    }
    const mean = f32x4.splat(sumOf(sum) / sumOf(size))
    for (let i = 0; i < roomFor(n); i += 4) {
      const at = (<usize>i) << 2
      const s = f32x4.sqrt(v128.load(y + at))
      v128.store(d + at, v128.and(f32x4.mul(s, f32x4.sub(v128.load(d + at), mean)), kept(i, n)))
    }
  }
  return 0
}
