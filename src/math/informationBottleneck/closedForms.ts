import { DomainError } from '../errors.ts'

/** Entropy of a coin, nats. */
export const binaryEntropy = (p: number): number =>
  p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log(1 - p)

/** The p ≤ ½ whose coin has this entropy in nats, to 1e-16, by bisection. */
export function inverseBinaryEntropy(nats: number): number {
  if (!(nats >= 0 && nats <= Math.LN2 + 1e-12))
    throw new DomainError(`inverseBinaryEntropy: ${nats} nats; a coin has 0 to ln 2`)
  let [low, high] = [0, 0.5]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (binaryEntropy(middle) < nats) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/**
 * The whole curve of a binary symmetric channel of crossover ε with uniform input, in nats:
 * I(T;Y) = ln 2 − h(ε ∗ a), a = h⁻¹(ln 2 − I(X;T)), ε ∗ a = ε(1 − a) + a(1 − ε).
 * Source: Wyner & Ziv 1973 (Mrs. Gerber's lemma).
 */
export function symmetricChannelCurve(crossover: number, I_XT: number): number {
  const a = inverseBinaryEntropy(Math.max(0, Math.LN2 - I_XT))
  return Math.LN2 - binaryEntropy(crossover * (1 - a) + a * (1 - crossover))
}

/** The curve of an erasure channel: a straight line of slope 1 − e. Nats. */
export const erasureCurve = (erasure: number, I_XT: number): number => (1 - erasure) * I_XT

/** The curve where Y is a function of X: slope 1 up to the corner at H(Y). Nats. */
export const deterministicCurve = (H_Y: number, I_XT: number): number => Math.min(I_XT, H_Y)
