import type { Rng } from '../random/rng.ts'
import { optimalityCertificate } from './certificate.ts'
import { Encoder, type PlanePoint } from './encoder.ts'
import type { Joint } from './joint.ts'

/** The best encoder found at one β, in nats. */
export interface IbPoint extends PlanePoint {
  readonly beta: number
  /** I(X;T) − β I(T;Y), which the encoder minimises. */
  readonly lagrangian: number
  /** Not below −1e-9 nats: no better encoder exists, up to the probing of {@link optimalityCertificate}. */
  readonly certificate: number
  /** Clusters t that say different things of y. */
  readonly clusters: number
  /** q(t|x), shape [nx, nt]. */
  readonly encoder: Float64Array
}

/** Steps before an encoder near a critical β is taken as it is. */
const stepLimit = 20_000
const settled = 1e-13

/**
 * The exact trade-off: for each β the encoder q(t|x) with the least I(X;T) − β I(T;Y).
 * Reverse annealing, from the largest β and T = X down, each β starting from the one before, from that with 2 % of
 * noise, and from `restarts` random encoders; the best is kept. β ≤ 1 is trivial by the data-processing inequality.
 * Yields the points from the largest β to the smallest.
 * O(points · starts · steps · nx² ny). Source: Tishby, Pereira & Bialek 1999, arXiv:physics/0004057.
 */
export function* ibCurve(joint: Joint, betas: readonly number[], rng: Rng, restarts = 3): Generator<IbPoint> {
  let previous: Float64Array | null = null
  for (const beta of [...betas].sort((a, b) => b - a)) {
    const starts: Float64Array[] = previous ? [previous, blurred(previous, joint.nx, 0.02, rng)] : []
    starts.push(identity(joint.nx))
    for (let k = 0; k < restarts; k++) starts.push(random(joint.nx, rng))
    const settledOn = starts.map((start) => settle(joint, start.slice(), beta))
    const best = settledOn.reduce((a, b) => (b.lagrangian < a.lagrangian ? b : a))
    previous = best.encoder.q
    yield {
      ...best.encoder.point(),
      beta,
      lagrangian: best.lagrangian,
      certificate: optimalityCertificate(best.encoder, beta, rng),
      clusters: clusterCount(best.encoder),
      encoder: best.encoder.q,
    }
  }
}

/** Iterates from q until no entry moves. */
export function settle(joint: Joint, q: Float64Array, beta: number): { encoder: Encoder; lagrangian: number } {
  const encoder = new Encoder(joint, q)
  for (let step = 0; step < stepLimit; step++) if (encoder.step(beta) < settled) break
  const { I_XT, I_TY } = encoder.point()
  return { encoder, lagrangian: I_XT - beta * I_TY }
}

/** T = X, but for 2 % spread evenly, so that no entry is stuck at 0; shape [nx, nx]. */
const identity = (nx: number) =>
  Float64Array.from({ length: nx * nx }, (_, i) => (i % (nx + 1) === 0 ? 0.98 : 0) + 0.02 / nx)

const random = (nx: number, rng: Rng) =>
  normalised(
    Float64Array.from({ length: nx * nx }, () => rng() + 1e-6),
    nx,
  )

const blurred = (q: Float64Array, nx: number, noise: number, rng: Rng) =>
  normalised(
    q.map((weight) => weight + noise * rng()),
    nx,
  )

function normalised(q: Float64Array, nx: number): Float64Array {
  const nt = q.length / nx
  for (let x = 0; x < nx; x++) {
    let total = 0
    for (let t = 0; t < nt; t++) total += q[x * nt + t]!
    for (let t = 0; t < nt; t++) q[x * nt + t]! /= total
  }
  return q
}

/** Distinct p(y|t) among the clusters in use, told apart at 1e-4. */
export function clusterCount({ pt, decoder, joint: { ny } }: Encoder): number {
  const distinct: Float64Array[] = []
  pt.forEach((mass, t) => {
    if (mass < 1e-9) return
    const says = decoder.subarray(t * ny, (t + 1) * ny)
    if (!distinct.some((other) => other.every((value, y) => Math.abs(value - says[y]!) < 1e-4))) distinct.push(says)
  })
  return distinct.length
}
