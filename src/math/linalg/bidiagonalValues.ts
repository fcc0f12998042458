const epsilon = Number.EPSILON

/**
 * Singular values of the upper bidiagonal matrix with diagonal d, shape [n], and superdiagonal e, shape [n − 1]:
 * implicit-shift QR sweeps without vectors, and sweeps without a shift where a shift would cost small values their
 * digits. Overwrites both arrays; leaves the values, not negative, in d, not sorted. O(n²).
 * In steps of one sweep, O(n); yields the fraction done, 0 to 1.
 * Source: Demmel & Kahan 1990, "Accurate singular values of bidiagonal matrices".
 */
export function* bidiagonalValueSteps(d: Float64Array, e: Float64Array): Generator<number, void, void> {
  let high = d.length - 1
  let [blockLow, blockHigh] = [-1, -1]
  // Two or three sweeps find a value; far more means that an entry is not finite.
  for (let sweeps = 0; high > 0 && sweeps < 60 * d.length; sweeps++) {
    const low = splitBlock(d, e, high)
    if (low === high) {
      high -= 1
      continue
    }
    // Sweeps run from the large end to the small one; turned round, the block has the same singular values.
    if ((low !== blockLow || high !== blockHigh) && Math.abs(d[low]!) < Math.abs(d[high]!)) turnRound(d, e, low, high)
    ;[blockLow, blockHigh] = [low, high]
    const shift = smallerValue(d[high - 1]!, e[high - 1]!, d[high]!)
    const head = Math.abs(d[low]!)
    if (head === 0 || (shift / head) ** 2 < epsilon) sweepWithoutShift(d, e, low, high)
    else sweepWithShift(d, e, low, high, shift)
    // A sweep over what is left costs as much as what is left is long.
    yield 1 - (high / d.length) ** 2
  }
  for (let i = 0; i < d.length; i++) d[i] = Math.abs(d[i]!)
}

/** Zeroes negligible superdiagonals; the first index of the unsplit block that ends at `high`. */
function splitBlock(d: Float64Array, e: Float64Array, high: number): number {
  for (let i = high - 1; i >= 0; i--) {
    if (Math.abs(e[i]!) <= epsilon * 0.5 * (Math.abs(d[i]!) + Math.abs(d[i + 1]!))) {
      e[i] = 0
      return i + 1
    }
  }
  return 0
}

function turnRound(d: Float64Array, e: Float64Array, low: number, high: number): void {
  d.subarray(low, high + 1).reverse()
  e.subarray(low, high).reverse()
}

/** Smaller singular value of [[f, g], [0, h]], by the stable formula for 2 × 2 triangles. */
function smallerValue(f: number, g: number, h: number): number {
  const small = Math.min(Math.abs(f), Math.abs(h))
  const large = Math.max(Math.abs(f), Math.abs(h))
  if (small === 0) return 0
  const off = Math.abs(g)
  const sum = Math.hypot(large + small, off)
  const difference = Math.hypot(large - small, off)
  return (2 * small) / ((sum + difference) / large)
}

/** √(f² + g²), also where the squares would fall among the denormals and lose their digits. */
function length(f: number, g: number): number {
  const square = f * f + g * g
  return square > 1e-280 ? Math.sqrt(square) : Math.hypot(f, g)
}

/** The rotation that turns (f, g) into (r, 0): writes cosine, sine and r. */
function rotate(f: number, g: number, out: Float64Array): void {
  const r = g === 0 ? f : f === 0 ? g : length(f, g)
  out[0] = r === 0 ? 1 : f / r
  out[1] = r === 0 ? 0 : g / r
  out[2] = r
}

function sweepWithoutShift(d: Float64Array, e: Float64Array, low: number, high: number): void {
  const right = Float64Array.of(1, 0, 0)
  const left = Float64Array.of(1, 0, 0)
  for (let i = low; i < high; i++) {
    rotate(d[i]! * right[0]!, e[i]!, right)
    if (i > low) e[i - 1] = left[1]! * right[2]!
    rotate(left[0]! * right[2]!, d[i + 1]! * right[1]!, left)
    d[i] = left[2]!
  }
  const last = d[high]! * right[0]!
  e[high - 1] = last * left[1]!
  d[high] = last * left[0]!
}

function sweepWithShift(d: Float64Array, e: Float64Array, low: number, high: number, shift: number): void {
  const turn = Float64Array.of(1, 0, 0)
  const head = d[low]!
  let f = (Math.abs(head) - shift) * (Math.sign(head) + shift / head)
  let g = e[low]!
  for (let i = low; i < high; i++) {
    rotate(f, g, turn)
    if (i > low) e[i - 1] = turn[2]!
    f = turn[0]! * d[i]! + turn[1]! * e[i]!
    e[i] = turn[0]! * e[i]! - turn[1]! * d[i]!
    g = turn[1]! * d[i + 1]!
    d[i + 1]! *= turn[0]!
    rotate(f, g, turn)
    d[i] = turn[2]!
    f = turn[0]! * e[i]! + turn[1]! * d[i + 1]!
    d[i + 1] = turn[0]! * d[i + 1]! - turn[1]! * e[i]!
    if (i + 1 < high) {
      g = turn[1]! * e[i + 1]!
      e[i + 1]! *= turn[0]!
    }
  }
  e[high - 1] = f
}
