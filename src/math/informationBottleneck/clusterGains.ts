import type { Rng } from '../random/rng.ts'
import { optimalityCertificate, certificateRoundOff } from './certificate.ts'
import { clusterDistributions, mergedColumns } from './clusters.ts'
import { readiness } from './criticalBetas.ts'
import { Encoder } from './encoder.ts'
import { bestEncoder, type IbPoint } from './ibCurve.ts'
import type { Joint } from './joint.ts'
import { onsetBeta } from './onset.ts'
import { settle } from './settle.ts'

/** A β at which the best encoder comes to have more clusters. */
export interface ClusterGain {
  /** Just below it an encoder of `from` clusters is optimal, just above it none is. */
  readonly beta: number
  readonly from: number
  /** Clusters of the best encoder 0.1 % above. */
  readonly to: number
}

/** A step of the search. */
export interface GainStep {
  /** Where the search is. */
  readonly beta: number
  readonly gain: ClusterGain | null
}

/** Relative distance above a gain at which the new clusters are told apart; gains nearer than this are one. */
const apart = 1e-3
/** The longest stride from one check to the next. */
const stride = 1.08
/** Relative width to which a gain is bisected. */
const resolution = 1e-6
/** Steps that tell clusters apart so near to a gain, where the iteration creeps. */
const enough = 2000

/**
 * Where the best encoder gains clusters, ascending, up to `highest`, a step at a time so that the search can be stopped.
 * The first is `onsetBeta`. From there the optimal encoder is followed up with no more columns than it has clusters; where
 * its certificate finds a cluster that would lower I(X;T) − β I(T;Y), or one of its own wants to split (β σ² ≥ 1 inside
 * it), β is bisected to 1e-6 of it, and the search for the best encoder is made anew just above.
 * A further cluster that is much like one in use lowers it by next to nothing at first: there β may come out a few
 * tenths of a percent late. Else exact up to the starts of the certificate and of that search; the clusters of `points`
 * are among the starts.
 * @param points  of `ibCurve`, any order
 */
export function* clusterGains(
  joint: Joint,
  points: readonly IbPoint[],
  highest: number,
  rng: Rng,
): Generator<GainStep, void, void> {
  const known = [...points].sort((a, b) => a.beta - b.beta)
  const above = (beta: number) => known.find((point) => point.beta >= beta)?.encoder ?? null
  const best = (beta: number) => mergedColumns(bestEncoder(joint, beta, above(beta), rng, 0, enough).encoder)
  const columns = (q: Float64Array) => q.length / joint.nx
  let beta = onsetBeta(joint)
  if (!(beta <= highest)) return
  let [branch, from] = [best(beta * (1 + apart)), 1]
  while (beta <= highest) {
    if (columns(branch) > from) yield { beta, gain: { beta, from, to: columns(branch) } }
    let low = beta * (1 + apart)
    let high = low
    const tried = (at: number) => followed(joint, branch, at, above(at), rng)
    for (let optimal = true; optimal && low < highest; yield { beta: low, gain: null }) {
      high = Math.min(low * stride, highest)
      const next = tried(high)
      optimal = next !== null
      if (next === null) continue
      ;[branch, low] = [next, high]
    }
    if (low >= highest) return
    while (high - low > resolution * low) {
      const middle = (low + high) / 2
      if (tried(middle) === null) high = middle
      else low = middle
      yield { beta: low, gain: null }
    }
    beta = (low + high) / 2
    from = columns(branch)
    branch = best(beta * (1 + apart))
  }
}

/** The branch settled at β, one column a cluster; null where it is no longer optimal. */
function followed(
  joint: Joint,
  branch: Float64Array,
  beta: number,
  hint: Float64Array | null,
  rng: Rng,
): Float64Array | null {
  const { encoder } = settle(joint, branch.slice(), beta, 2 * enough)
  if (readiness(encoder, beta) > 0) return null
  const further = hint === null ? [] : clusterDistributions(new Encoder(joint, hint.slice()))
  return optimalityCertificate(encoder, beta, rng, 2, further).value < certificateRoundOff
    ? null
    : mergedColumns(encoder)
}
