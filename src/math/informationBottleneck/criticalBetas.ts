import { singularValues } from '../linalg/singularValues.ts'
import { leastMass, mergedColumns } from './clusters.ts'
import type { Encoder } from './encoder.ts'
import { identity } from './ibCurve.ts'
import type { Joint } from './joint.ts'
import { settle } from './settle.ts'

/**
 * Singular values of p(x, y) / √(p(x) p(y)), largest first; the first is 1. At β = 1 / σ₂² the trivial encoder stops
 * being a local minimum: that is where anything is learned at all, unless a better encoder far away came earlier.
 */
export function dependenceSpectrum({ nx, ny, p, px, py }: Joint): Float64Array {
  const values = p.map((mass, i) => {
    const margins = px[Math.floor(i / ny)]! * py[i % ny]!
    return margins > 0 ? mass / Math.sqrt(margins) : 0
  })
  return singularValues({ rows: nx, cols: ny, values })
}

/** Second singular value of the joint inside cluster t: p(x|t) p(y|x) / √(p(x|t) p(y|t)). */
function innerDependence({ joint, nt, q, pt, decoder }: Encoder, t: number): number {
  const { nx, ny, px, channel } = joint
  const values = new Float64Array(nx * ny)
  for (let x = 0; x < nx; x++) {
    const inside = (px[x]! * q[x * nt + t]!) / pt[t]!
    // What is left of an x on its way out of the cluster would count in full, however little it is.
    if (inside < leastMass) continue
    for (let y = 0; y < ny; y++) {
      const given = channel[x * ny + y]!
      if (given > 0) values[x * ny + y] = (Math.sqrt(inside) * given) / Math.sqrt(decoder[t * ny + y]!)
    }
  }
  return singularValues({ rows: nx, cols: ny, values })[1] ?? 0
}

/** The largest β σ² of any cluster, less 1: negative while no cluster wants to split. */
export function readiness(encoder: Encoder, beta: number): number {
  let largest = -1
  for (let t = 0; t < encoder.nt; t++)
    if (encoder.pt[t]! > leastMass) largest = Math.max(largest, beta * innerDependence(encoder, t) ** 2 - 1)
  return largest
}

/** Relative distance above one split at which the new clusters are told apart. */
const apart = 1e-3

/**
 * The β at which clusters lose their balance, ascending, up to `highest`, one at a time, since each takes a search: the
 * trivial encoder is followed to β = 1 / σ₂², split there, followed until β σ² = 1 inside one of its clusters, and so on.
 * This is local stability along one branch: the best encoder may be another, with clusters that come earlier, later or
 * not at all (see `clusterGains`). Splits within 0.1 % of one another are one, or are given to 0.1 %.
 * Source: Rose, Gurewitz & Fox 1990; Wu et al. 2019, arXiv:1907.07331.
 */
export function* clusterSplits(joint: Joint, highest: number): Generator<number, void, void> {
  const sigma = dependenceSpectrum(joint)[1] ?? 0
  if (sigma < 1e-9) return
  let low: number | null = 1 / sigma ** 2
  // T is a function of X from here on: nothing is left to split once every x has a cluster of its own.
  for (let found = 1; low !== null && low <= highest; found++) {
    yield low
    if (found >= joint.nx - 1) return
    const { branch, from } = splitBranch(joint, low, found)
    low = branch.length >= joint.nx ** 2 ? null : nextSplit(joint, branch, from, highest)
  }
}

/** All of `clusterSplits`. */
export const criticalBetas = (joint: Joint, highest: number): number[] => [...clusterSplits(joint, highest)]

/**
 * The encoder above β, settled from T = X, one column a cluster: 2 % above, where the iteration is out of its slow region,
 * or 0.1 % above where more than one cluster has come by then, and fewer are there: another split lies between.
 */
function splitBranch(joint: Joint, beta: number, clusters: number) {
  const at = (from: number) => ({ branch: mergedColumns(settle(joint, identity(joint.nx), from).encoder), from })
  const far = at(beta * 1.02)
  if (far.branch.length <= joint.nx * (clusters + 1)) return far
  const near = at(beta * (1 + apart))
  return near.branch.length < far.branch.length ? near : far
}

/** Follows the branch up until a cluster loses its balance, then bisects; null if none does below `highest`. */
function nextSplit(joint: Joint, branch: Float64Array, from: number, highest: number): number | null {
  const at = (beta: number) => readiness(settle(joint, branch.slice(), beta).encoder, beta)
  let low = from
  if (at(low) > 0) return low
  for (let high = low * 1.1; low < highest; low = high, high *= 1.1) {
    if (at(high) < 0) continue
    for (let step = 0; step < 40; step++) {
      const middle = (low + high) / 2
      if (at(middle) < 0) low = middle
      else high = middle
    }
    return (low + high) / 2
  }
  return null
}
