// Lanes of four, f32: sums, maxima, and the exponential. A row of n entries lies in space for n rounded up to 8, and
// what is read past n is masked out.

const log2e: f32 = 1.4426950408889634
// ln 2 in two parts: the first has 9 trailing zero bits, so that k times it is exact for |k| ≤ 256.
const ln2High: f32 = 0.693145751953125
const ln2Low: f32 = 1.4286068203094172e-6
/** e^−87 is the last power that is no subnormal number. */
const lowest: f32 = -87
const highest: f32 = 88

/** All bits set in the lanes at + 0 … at + 3 that lie below n. */
export function kept(at: i32, n: i32): v128 {
  return i32x4.lt_s(i32x4.add(i32x4.splat(at), i32x4(0, 1, 2, 3)), i32x4.splat(n))
}

/** Entries that a row of n may write: n rounded up to 8. */
export function roomFor(n: i32): i32 {
  return (n + 7) & ~7
}

export function sumOf(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 2) + (f32x4.extract_lane(x, 1) + f32x4.extract_lane(x, 3))
}

export function largestOf(x: v128): f32 {
  return max(
    max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  )
}

/** The largest of the n entries at x. */
export function rowMaximum(n: i32, x: usize): f32 {
  let largest = f32x4.splat(-f32.MAX_VALUE)
  for (let i = 0; i < n; i += 4) {
    const value = v128.load(x + ((<usize>i) << 2))
    largest = f32x4.max(largest, v128.bitselect(value, f32x4.splat(-f32.MAX_VALUE), kept(i, n)))
  }
  return largestOf(largest)
}

/** The smallest of the n entries at x. */
export function rowMinimum(n: i32, x: usize): f32 {
  let largest = f32x4.splat(-f32.MAX_VALUE)
  for (let i = 0; i < n; i += 4) {
    const value = f32x4.neg(v128.load(x + ((<usize>i) << 2)))
    largest = f32x4.max(largest, v128.bitselect(value, f32x4.splat(-f32.MAX_VALUE), kept(i, n)))
  }
  return -largestOf(largest)
}

/** ⟨a, b⟩ of n entries. */
export function dot(n: i32, a: usize, b: usize): f32 {
  let sum = f32x4.splat(0)
  for (let i = 0; i < n; i += 4) {
    const at = (<usize>i) << 2
    sum = f32x4.add(sum, v128.and(f32x4.mul(v128.load(a + at), v128.load(b + at)), kept(i, n)))
  }
  return sumOf(sum)
}

// x = k ln 2 + r with |r| ≤ 0.347; e^r − 1 is r times its Taylor polynomial of degree 6, within 2^−26 of e^r.
function remainder(x: v128, k: v128): v128 {
  return f32x4.sub(f32x4.sub(x, f32x4.mul(k, f32x4.splat(ln2High))), f32x4.mul(k, f32x4.splat(ln2Low)))
}

function grown(r: v128): v128 {
  let p = f32x4.splat(1.0 / 5040.0)
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.0 / 720.0))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.0 / 120.0))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.0 / 24.0))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.0 / 6.0))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.5))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1))
  return f32x4.mul(p, r)
}

/** 2^k for whole k from −126 to 127, by its exponent's bits. */
function powerOfTwo(k: v128): v128 {
  return i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)), 23)
}

/** e^x, within 2 units of the last place; x below −87 counts as −87, so that no weight is 0 by underflow alone. */
export function exp(x: v128): v128 {
  const bounded = f32x4.min(f32x4.max(x, f32x4.splat(lowest)), f32x4.splat(highest))
  const k = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(log2e)))
  const r = remainder(bounded, k)
  return f32x4.mul(f32x4.add(grown(r), f32x4.splat(1)), powerOfTwo(k))
}

/** e^x − 1 with the digits of a small x, for x up to 88. */
export function expm1(x: v128): v128 {
  const bounded = f32x4.min(f32x4.max(x, f32x4.splat(lowest)), f32x4.splat(highest))
  const k = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(log2e)))
  const power = powerOfTwo(k)
  return f32x4.add(f32x4.mul(power, grown(remainder(bounded, k))), f32x4.sub(power, f32x4.splat(1)))
}
