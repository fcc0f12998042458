import { div, exp, fromDouble, mul, one, pow, type Real, toDouble } from './highPrecision.ts'

/** y = [(α−1)x − τ]₊^{1/(α−1)} by bisection for τ in 320-bit arithmetic; α an exact double plus `shift`. */
function referenceWeights(x: readonly number[], alpha: number, shift: Real = 0n): Real[] {
  const beta = fromDouble(alpha) - one + shift
  if (beta === 0n) return referenceSoftmax(x)
  const power = div(one, beta)
  const scaled = x.map((value) => mul(beta, fromDouble(value)))
  const extreme = scaled.reduce((a, b) => ((beta > 0n ? a > b : a < b) ? a : b))
  const weights = (w: Real) => scaled.map((value) => pow(value - extreme + w, power))
  // For α > 1 the largest weight w^{1/β} is in [1/n, 1]; for α < 1 as well, with a falling power.
  let [low, high] = beta > 0n ? [0n, one] : [one, pow(BigInt(x.length) * one, -beta)]
  for (let k = 0; k < 320; k++) {
    const middle = (low + high) >> 1n
    const over = weights(middle).reduce((a, b) => a + b, 0n) > one
    if (over === beta > 0n) high = middle
    else low = middle
  }
  return weights(high)
}

function referenceSoftmax(x: readonly number[]): Real[] {
  const max = fromDouble(Math.max(...x))
  const powers = x.map((value) => exp(fromDouble(value) - max))
  const sum = powers.reduce((a, b) => a + b, 0n)
  return powers.map((value) => div(value, sum))
}

const inner = (a: readonly Real[], b: readonly Real[]) => a.reduce((sum, value, i) => sum + mul(value, b[i]!), 0n)

/** The numbers of entmax at x, α ≠ 1, to the nearest double. */
export function entmaxReference(x: readonly number[], alpha: number) {
  const y = referenceWeights(x, alpha)
  const a = fromDouble(alpha)
  const beta = a - one
  return {
    y: y.map(toDouble),
    /** τ in the scale (α−1)·x: (α−1)·max less y_max^{α−1}. */
    tau() {
      const top = x.indexOf(Math.max(...x))
      return toDouble(mul(beta, fromDouble(x[top]!)) - pow(y[top]!, beta))
    },
    /** s ∘ (c − ⟨s, c⟩/Σs), s = y^{2−α} on the support. */
    vjp(c: readonly number[]) {
      const s = y.map((weight) => pow(weight, one - beta))
      const cotangent = c.map(fromDouble)
      const mean = div(
        inner(s, cotangent),
        s.reduce((sum, value) => sum + value, 0n),
      )
      return s.map((value, i) => toDouble(mul(value, cotangent[i]! - mean)))
    },
    /** (1 − Σ y^α) / (α(α−1)) + ⟨y − e_k, x⟩. */
    loss(target: number) {
      const entropy = div(one - y.reduce((sum, value) => sum + pow(value, a), 0n), mul(a, beta))
      return toDouble(entropy + inner(y, x.map(fromDouble)) - fromDouble(x[target]!))
    },
  }
}

/** ⟨c, ∂y/∂α⟩ by a central difference with h = 2^−64: an error of about 1e-38. */
export function referenceAlphaVjp(x: readonly number[], c: readonly number[], alpha: number): number {
  const h = one >> 64n
  const at = (shift: Real) => inner(referenceWeights(x, alpha, shift), c.map(fromDouble))
  return toDouble(div(at(h) - at(-h), 2n * h))
}
