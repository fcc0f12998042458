/** Σ u^P, Σ u^{P−1} and Σ u^{P−2} over the entries with u = w + d > 0. */
interface PowerSums {
  sum: number
  slope: number
  curve: number
}

/**
 * Fills `out` from the first `size` entries of d and moves those with u > 0 to the front.
 * @returns how many those are
 */
export type SumPowers = (d: Float64Array, size: number, P: number, w: number, out: PowerSums) => number

/** For P a power of two, at least 2. */
export const squaringSums: SumPowers = (d, size, P, w, out) => {
  const squarings = Math.log2(P)
  let left = 0
  let sum = 0
  let slope = 0
  let curve = 0
  for (let i = 0; i < size; i++) {
    const distance = d[i]!
    let power = w + distance
    if (power <= 0) continue
    d[i] = d[left]!
    d[left++] = distance
    let below = 1
    let half = 1
    for (let s = 0; s < squarings; s++) {
      half = below
      below *= power
      power *= power
    }
    sum += power
    slope += below
    curve += half * half
  }
  out.sum = sum
  out.slope = slope
  out.curve = curve
  return left
}

/** For any P. Sums powers of u / w, which do not underflow as P → ∞, and scales them back. */
export const powerSums: SumPowers = (d, size, P, w, out) => {
  let left = 0
  let sum = 0
  let slope = 0
  let curve = 0
  for (let i = 0; i < size; i++) {
    const distance = d[i]!
    const ratio = distance / w
    if (ratio <= -1) continue
    d[i] = d[left]!
    d[left++] = distance
    const power = Math.exp(P * Math.log1p(ratio))
    const inverse = 1 / (1 + ratio)
    sum += power
    slope += power * inverse
    curve += power * inverse * inverse
  }
  const scale = Math.exp(P * Math.log(w))
  out.sum = sum * scale
  out.slope = (slope * scale) / w
  out.curve = (curve * scale) / (w * w)
  return left
}
