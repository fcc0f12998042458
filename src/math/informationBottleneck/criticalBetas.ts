import { singularValues } from '../linalg/singularValues.ts'
import type { Encoder } from './encoder.ts'
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
    for (let y = 0; y < ny; y++) {
      const says = decoder[t * ny + y]!
      if (says > 0) values[x * ny + y] = Math.sqrt(inside / says) * channel[x * ny + y]!
    }
  }
  return singularValues({ rows: nx, cols: ny, values })[1] ?? 0
}

/** The largest β σ² of any cluster, less 1: negative while no cluster wants to split. */
function readiness(encoder: Encoder, beta: number): number {
  let largest = -1
  for (let t = 0; t < encoder.nt; t++)
    if (encoder.pt[t]! > 1e-9) largest = Math.max(largest, beta * innerDependence(encoder, t) ** 2 - 1)
  return largest
}

/**
 * The β at which clusters split, ascending, up to `highest`, one at a time, since each takes a search: the trivial encoder
 * is followed to β = 1 / σ₂², split there, followed until β σ² = 1 inside one of its clusters, and so on. Each is where the
 * branch below loses stability; a jump to a far better encoder may come a little earlier.
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
    const branch = splitBranch(joint, low)
    low = branch === null ? null : nextSplit(joint, branch, low, highest)
  }
}

/** All of `clusterSplits`. */
export const criticalBetas = (joint: Joint, highest: number): number[] => [...clusterSplits(joint, highest)]

/** The merged clusters of the encoder just above β, one column each; null where it has as many as there are x. */
function splitBranch(joint: Joint, beta: number): Float64Array | null {
  const start = Float64Array.from(
    { length: joint.nx ** 2 },
    (_, i) => (i % (joint.nx + 1) === 0 ? 0.98 : 0) + 0.02 / joint.nx,
  )
  // 2 % above a split the new clusters are apart, and the iteration is out of the slow region.
  const { encoder } = settle(joint, start, beta * 1.02)
  const columns = mergedColumns(encoder)
  if (columns.length >= joint.nx) return null
  return Float64Array.from({ length: joint.nx * columns.length }, (_, i) => {
    const x = Math.floor(i / columns.length)
    return columns[i % columns.length]!.reduce((sum, t) => sum + encoder.q[x * encoder.nt + t]!, 0)
  })
}

/** Clusters in use, those grouped together whose p(y|t) agree to 1e-3. */
function mergedColumns({ pt, decoder, joint: { ny } }: Encoder): number[][] {
  const groups: number[][] = []
  pt.forEach((mass, t) => {
    if (mass < 1e-9) return
    const alike = groups.find(([first]) => {
      for (let y = 0; y < ny; y++) if (Math.abs(decoder[first! * ny + y]! - decoder[t * ny + y]!) > 1e-3) return false
      return true
    })
    if (alike) alike.push(t)
    else groups.push([t])
  })
  return groups
}

/** Follows the branch up until a cluster wants to split, then bisects; null if none does below `highest`. */
function nextSplit(joint: Joint, branch: Float64Array, from: number, highest: number): number | null {
  const at = (beta: number) => readiness(settle(joint, branch.slice(), beta).encoder, beta)
  let low = from * 1.02
  if (at(low) > 0) return null
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
