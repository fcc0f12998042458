import type { Encoder } from './encoder.ts'
import type { Joint } from './joint.ts'

/** Less mass than this is no cluster. */
export const leastMass = 1e-9

/** The farthest that any p(y|x) is from p(y): the scale on which clusters are told apart. */
const spread = ({ ny, py, channel }: Joint): number =>
  channel.reduce((most, given, i) => Math.max(most, Math.abs(given - py[i % ny]!)), 0)

/** The clusters in use, those together whose p(y|t) agree to `tolerance` of how far any p(y|x) is from p(y). */
export function distinctClusters({ pt, decoder, joint }: Encoder, tolerance: number): number[][] {
  const { ny } = joint
  const near = tolerance * spread(joint)
  const groups: number[][] = []
  pt.forEach((mass, t) => {
    if (mass < leastMass) return
    const alike = groups.find(([first]) => {
      for (let y = 0; y < ny; y++) if (Math.abs(decoder[first! * ny + y]! - decoder[t * ny + y]!) > near) return false
      return true
    })
    if (alike) alike.push(t)
    else groups.push([t])
  })
  return groups
}

/** q(t|x) with one column for each of `distinctClusters`; shape [nx, clusters]. */
export function mergedColumns(encoder: Encoder, tolerance = 1e-3): Float64Array {
  const { joint, nt, q } = encoder
  const groups = distinctClusters(encoder, tolerance)
  return Float64Array.from({ length: joint.nx * groups.length }, (_, i) => {
    const x = Math.floor(i / groups.length)
    return groups[i % groups.length]!.reduce((sum, t) => sum + q[x * nt + t]!, 0)
  })
}

/** p(x|t) of each cluster with any mass. */
export function clusterDistributions({ joint: { px }, nt, q, pt }: Encoder): Float64Array[] {
  const found: Float64Array[] = []
  pt.forEach((total, t) => {
    if (total > 0) found.push(px.map((mass, x) => (mass * q[x * nt + t]!) / total))
  })
  return found
}
