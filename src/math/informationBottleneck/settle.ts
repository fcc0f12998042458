import { Encoder } from './encoder.ts'
import type { Joint } from './joint.ts'

/** Steps before an encoder near a critical β is taken as it is. */
const stepLimit = 20_000
const settled = 1e-13

export interface Settled {
  readonly encoder: Encoder
  /** I(X;T) − β I(T;Y), nats. */
  readonly lagrangian: number
}

const lagrangianOf = (encoder: Encoder, beta: number): number => {
  const { I_XT, I_TY } = encoder.point()
  return I_XT - beta * I_TY
}

/**
 * Iterates from q until no entry moves. Near a critical β plain steps creep: every third is a leap along the way that the
 * two before it took, taken back where it raises I(X;T) − β I(T;Y).
 * Source: Varadhan & Roland 2008 (squared extrapolation), doi:10.1111/j.1467-9469.2007.00585.x.
 */
export function settle(joint: Joint, q: Float64Array, beta: number, steps = stepLimit): Settled {
  const encoder = new Encoder(joint, q)
  const before = new Float64Array(q.length)
  const between = new Float64Array(q.length)
  for (let step = 0; step < steps; step += 3) {
    before.set(q)
    if (encoder.step(beta) < settled) break
    between.set(q)
    if (encoder.step(beta) < settled) break
    leap(encoder, before, between, beta)
    if (encoder.step(beta) < settled) break
  }
  return { encoder, lagrangian: lagrangianOf(encoder, beta) }
}

/** Moves the encoder from its last two steps to where their geometric series leads, if that is lower. */
function leap(encoder: Encoder, before: Float64Array, between: Float64Array, beta: number): void {
  const { q } = encoder
  let first = 0
  let second = 0
  for (let i = 0; i < q.length; i++) {
    const r = between[i]! - before[i]!
    const v = q[i]! - between[i]! - r
    first += r * r
    second += v * v
  }
  const length = Math.sqrt(first / second)
  // A length of 1 leads to where the second step already is.
  if (!(length > 1) || !Number.isFinite(length)) return
  const here = lagrangianOf(encoder, beta)
  const plain = q.slice()
  for (let i = 0; i < q.length; i++) {
    const r = between[i]! - before[i]!
    const v = plain[i]! - between[i]! - r
    // Rows still sum to 1; an entry that would fall below 0 goes halfway there, and the next step repairs the sum.
    const there = before[i]! + 2 * length * r + length * length * v
    q[i] = there > 0 ? there : plain[i]! / 2
  }
  encoder.normalise()
  if (lagrangianOf(encoder, beta) <= here) return
  q.set(plain)
  encoder.marginals()
}
