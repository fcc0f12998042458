import type { Rng } from '../random/rng.ts'
import { optimalityCertificate, certificateRoundOff } from './certificate.ts'
import { distinctClusters } from './clusters.ts'
import type { Encoder, PlanePoint } from './encoder.ts'
import type { Joint } from './joint.ts'
import { settle } from './settle.ts'

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

/** Steps after which starts are compared: enough to tell the better branch, too few to end on it. */
const trialSteps = 200
/** Clusters of a point whose p(y|t) agree to this share of how far any p(y|x) is from p(y) are one. */
export const clusterTolerance = 1e-4

/**
 * The exact trade-off: for each β the encoder q(t|x) with the least I(X;T) − β I(T;Y).
 * Reverse annealing, from the largest β and T = X down, each β starting from the one before, from that with 2 % of
 * noise, from T = X and from `restarts` random encoders; the best is kept. Where its certificate finds something better,
 * the search goes on from there. β ≤ 1 is trivial by the data-processing inequality.
 * Yields the points from the largest β to the smallest.
 * O(points · starts · steps · nx² ny). Source: Tishby, Pereira & Bialek 1999, arXiv:physics/0004057.
 */
export function* ibCurve(joint: Joint, betas: readonly number[], rng: Rng, restarts = 3): Generator<IbPoint> {
  let previous: Float64Array | null = null
  for (const beta of [...betas].sort((a, b) => b - a)) {
    const { encoder, lagrangian, certificate } = bestEncoder(joint, beta, previous, rng, restarts)
    previous = encoder.q
    yield {
      ...encoder.point(),
      beta,
      lagrangian,
      certificate,
      clusters: distinctClusters(encoder, clusterTolerance).length,
      encoder: encoder.q,
    }
  }
}

/**
 * The best encoder found at one β.
 * @param previous  q of a larger β, if there is one
 * @param steps  at most this many for each start; without it, until no entry moves
 */
export function bestEncoder(
  joint: Joint,
  beta: number,
  previous: Float64Array | null,
  rng: Rng,
  restarts: number,
  steps?: number,
) {
  const starts: Float64Array[] = previous ? [previous, blurred(previous, joint.nx, 0.02, rng)] : []
  starts.push(identity(joint.nx))
  for (let k = 0; k < restarts; k++) starts.push(random(joint.nx, rng))
  const trials = starts
    .map((start) => settle(joint, start.slice(), beta, trialSteps))
    .sort((a, b) => a.lagrangian - b.lagrangian)
  const [first, ...others] = trials.map(
    ({ encoder }) =>
      () =>
        settle(joint, encoder.q, beta, steps),
  )
  let best = first!()
  let probe = optimalityCertificate(best.encoder, beta, rng)
  // A cluster made of what the certificate found; then the other starts, to their ends.
  const further = Array.from({ length: 3 }, () => () => settle(joint, withCluster(best.encoder, probe.at), beta, steps))
  for (const next of [...further, ...others]) {
    if (probe.value >= certificateRoundOff) break
    const other = next()
    if (other.lagrangian >= best.lagrangian) continue
    best = other
    probe = optimalityCertificate(best.encoder, beta, rng)
  }
  return { ...best, certificate: probe.value }
}

/** The encoder with another cluster of 2 % of the mass, whose p(x|t) is r where q has room for it; shape [nx, nt + 1]. */
function withCluster({ joint: { nx, px }, nt, q }: Encoder, r: Float64Array): Float64Array {
  return Float64Array.from({ length: nx * (nt + 1) }, (_, i) => {
    const [x, t] = [Math.floor(i / (nt + 1)), i % (nt + 1)]
    const share = Math.min(0.5, (0.02 * r[x]!) / px[x]!)
    return t === nt ? share : (1 - share) * q[x * nt + t]!
  })
}

/** T = X, but for 2 % spread evenly, so that no entry is stuck at 0; shape [nx, nx]. */
export const identity = (nx: number) =>
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
