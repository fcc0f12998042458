/** Up to here Horner's rule loses at most two digits below 0; beyond, the terms of mixed sign drown the sum. */
const plainOrder = 6

/**
 * The Taylor polynomial of exp, scaled: (Σ_{k≤K} x^k / k!) e^K. It is positive everywhere for even K.
 * @param x      any finite number
 * @param order  K, ≥ 0
 * @param e      1, or a power of the row's size that keeps x^K from overflowing; divides out of ratios
 * Within a few ulp: below 0 and for high even orders by a second series, all of whose terms are positive.
 */
export function taylorExp(x: number, order: number, e: number): number {
  if (order > plainOrder && order % 2 === 0 && x < -0.5 && x > -2 * order) return positiveSeries(-x, order) * e ** order
  let value = 1
  let unit = 1
  for (let k = order; k >= 1; k--) {
    unit *= e
    value = unit + ((x * e) / k) * value
  }
  return value
}

/** Its slope in x, on the same scale: the polynomial of order K − 1, times e^K. */
export function taylorExpSlope(x: number, order: number, e: number): number {
  if (order > plainOrder && x < -0.5 && x > -2 * order) {
    // For even K: p_{K−1}(−t) = p_K(−t) − t^K / K!, exact on the scale of p_K.
    let top = 1
    for (let k = 1; k <= order; k++) top *= -x / k
    return (positiveSeries(-x, order) - top) * e ** order
  }
  return taylorExp(x, order - 1, e) * e
}

/**
 * p_K(−t) for even K and t > 0. The remainder of the exponential series is Kummer's function, and by Kummer's
 * transformation p_K(−t) = exp(−t) (1 + Σ_k t^(K+1+k) / (K! k! (K+1+k))): nothing cancels.
 */
function positiveSeries(t: number, order: number): number {
  let power = t
  for (let k = 1; k <= order; k++) power *= t / k
  let total = 1
  for (let k = 0; ; k++) {
    const term = power / (order + 1 + k)
    total += term
    if (k > t && term < 1e-17 * total) return Math.exp(-t) * total
    power *= t / (k + 1)
  }
}
