import type { Rng } from '../random/rng.ts'
import { clusterDistributions } from './clusters.ts'
import type { Encoder } from './encoder.ts'

export interface Probe {
  /** Not below −1e-9: no better encoder exists, up to the starts probed. Nats. */
  readonly value: number
  /** The distribution on x where the value was found: what a further cluster should be made of. */
  readonly at: Float64Array
}

/** Nats: a certificate below this tells of a better encoder, not of round-off. */
export const certificateRoundOff = -1e-11

/**
 * How far an encoder is from being globally optimal at β: the least value found of
 *   φ(r) − λ·r,  φ(r) = Σ r ln r − β Σ_y r_y ln r_y,  λ_x = ln p(x) + β H(Y|x) − ln Z_x
 * over the distributions r on x. It is 0 at every r = p(x|t) in use; where it is nowhere negative, no other encoder has
 * a lower I(X;T) − β I(T;Y). φ is convex plus concave: from each start the concave part is replaced by its tangent, and
 * the sum never rises. A proof up to the starts probed: all corners, p(x), each p(x|t), `random` more
 * and those given. Nats.
 */
export function optimalityCertificate(
  encoder: Encoder,
  beta: number,
  rng: Rng,
  random = 8,
  given: readonly Float64Array[] = [],
): Probe {
  const { joint, logZ } = encoder
  const { nx, ny, px, channel, conditional } = joint
  const lambda = px.map((mass, x) => Math.log(mass) + beta * conditional[x]! - logZ[x]!)
  const starts: Float64Array[] = [px, ...given, ...clusterDistributions(encoder)]
  for (let x = 0; x < nx; x++) starts.push(Float64Array.from(px, (_, i) => (i === x ? 0.98 : 0) + 0.02 * px[i]!))
  for (let k = 0; k < random; k++) {
    const draw = Float64Array.from(px, () => -Math.log(1 - rng()))
    const total = draw.reduce((sum, value) => sum + value, 0)
    starts.push(draw.map((value) => value / total))
  }
  return starts
    .map((start) => descend(start.slice(), lambda, channel, ny, beta))
    .reduce((least, probe) => (probe.value < least.value ? probe : least))
}

function descend(r: Float64Array, lambda: Float64Array, channel: Float64Array, ny: number, beta: number): Probe {
  const nx = r.length
  const ry = new Float64Array(ny)
  let value = Infinity
  for (let step = 0; step < 500; step++) {
    ry.fill(0)
    for (let x = 0; x < nx; x++) for (let y = 0; y < ny; y++) ry[y]! += r[x]! * channel[x * ny + y]!
    let now = 0
    for (let x = 0; x < nx; x++) if (r[x]! > 0) now += r[x]! * (Math.log(r[x]!) - lambda[x]!)
    for (let y = 0; y < ny; y++) if (ry[y]! > 0) now -= beta * ry[y]! * Math.log(ry[y]!)
    if (value - now < 1e-14) return { value: Math.min(value, now), at: r }
    value = now
    moveTo(r, ry, lambda, channel, ny, beta)
  }
  return { value, at: r }
}

/** r_x ∝ exp(λ_x + β Σ_y p(y|x) ln r_y): the least point of φ − λ with its concave part straightened at r. */
function moveTo(
  r: Float64Array,
  ry: Float64Array,
  lambda: Float64Array,
  channel: Float64Array,
  ny: number,
  beta: number,
) {
  let largest = -Infinity
  for (let x = 0; x < r.length; x++) {
    let score = lambda[x]!
    for (let y = 0; y < ny; y++) {
      const given = channel[x * ny + y]!
      if (given > 0) score += beta * given * Math.log(ry[y]!)
    }
    r[x] = score
    if (score > largest) largest = score
  }
  let total = 0
  for (let x = 0; x < r.length; x++) total += r[x] = Math.exp(r[x]! - largest)
  for (let x = 0; x < r.length; x++) r[x]! /= total
}
