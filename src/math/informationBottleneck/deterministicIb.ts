import { entropy, type Joint } from './joint.ts'
import { canonical, largestExhaustive, partitions } from './partitions.ts'

/** A hard clustering of x. Nats. */
export interface DeterministicPoint {
  readonly H_T: number
  readonly I_TY: number
  /** The cluster of each x, numbered in order of first appearance; shape [nx]. */
  readonly labels: Int32Array
}

/** H(T) and I(T;Y) of a hard clustering. */
export function clusteringPoint(joint: Joint, labels: Int32Array): DeterministicPoint {
  const { nx, ny, p, px, H_Y } = joint
  const pt = new Float64Array(nx)
  const pty = new Float64Array(nx * ny)
  for (let x = 0; x < nx; x++) {
    const t = labels[x]!
    pt[t]! += px[x]!
    for (let y = 0; y < ny; y++) pty[t * ny + y]! += p[x * ny + y]!
  }
  const H_T = entropy(pt)
  return { H_T, I_TY: Math.max(0, H_T + H_Y - entropy(pty)), labels: canonical(labels) }
}

/**
 * The clusterings that no other beats in both H(T) and I(T;Y), from H(T) = 0 up. Exact, by listing every partition, up
 * to nine values of x; beyond, the best found by merging pairs greedily at each of many trade-offs.
 * Source: Strouse & Schwab 2017, arXiv:1604.00268.
 */
export function deterministicFrontier(joint: Joint): DeterministicPoint[] {
  const points: DeterministicPoint[] = []
  if (joint.nx <= largestExhaustive)
    for (const labels of partitions(joint.nx)) points.push(clusteringPoint(joint, labels))
  else for (const labels of greedyClusterings(joint)) points.push(clusteringPoint(joint, labels))
  points.sort((a, b) => a.H_T - b.H_T || b.I_TY - a.I_TY)
  const frontier: DeterministicPoint[] = []
  for (const point of points) if (point.I_TY > (frontier.at(-1)?.I_TY ?? -Infinity) + 1e-13) frontier.push(point)
  return frontier
}

/** The clustering of the frontier with the least H(T) − β I(T;Y). */
export function deterministicAt(frontier: readonly DeterministicPoint[], beta: number): DeterministicPoint {
  return frontier.reduce((best, point) =>
    point.H_T - beta * point.I_TY < best.H_T - beta * best.I_TY - 1e-13 ? point : best,
  )
}

/** For each of many β: start with every x apart, and merge the pair that lowers H(T) − β I(T;Y) most, to the end. */
function* greedyClusterings(joint: Joint): Generator<Int32Array> {
  for (let step = 0; step < 40; step++) {
    const beta = 1.02 ** (step * step)
    let labels: Int32Array = Int32Array.from({ length: joint.nx }, (_, x) => x)
    yield labels
    for (let clusters = joint.nx; clusters > 1; clusters--) {
      let best = { value: Infinity, labels }
      for (let a = 0; a < clusters; a++)
        for (let b = a + 1; b < clusters; b++) {
          const merged = canonical(labels.map((t) => (t === b ? a : t)))
          const { H_T, I_TY } = clusteringPoint(joint, merged)
          if (H_T - beta * I_TY < best.value) best = { value: H_T - beta * I_TY, labels: merged }
        }
      labels = best.labels
      yield labels
    }
  }
}
