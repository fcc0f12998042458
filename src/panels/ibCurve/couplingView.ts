import { couplingEntropyBound, greedyCoupling } from '../../math/informationBottleneck/coupling.ts'
import {
  deterministicMaps,
  greedyCompression,
  nearDeterministic,
  smallestFirstCompression,
  type Compression,
} from '../../math/informationBottleneck/couplingBottleneck.ts'
import type { Joint } from '../../math/informationBottleneck/joint.ts'
import { largestExhaustive } from '../../math/informationBottleneck/partitions.ts'

/** Compression to one rate, and the least random way to pair what is left with y. Bits. */
export interface RatePoint {
  /** The most that H(T) may be. */
  readonly rate: number
  /** I(X;T) = H(T) by the greedy grouping. */
  readonly greedy: number
  /** The same by merging the two smallest masses again and again. */
  readonly smallestFirst: number
  /** The best grouping; null where there are too many to list. */
  readonly best: number | null
  /** I(X;T) where a part of one symbol may go elsewhere: what fills the gaps between groupings. */
  readonly filled: number
  /** The greedy grouping: the cluster of each x. */
  readonly labels: readonly number[]
  /** The greedy coupling of T and y, shape [clusters][ny]. */
  readonly coupling: readonly (readonly number[])[]
  readonly H_joint: number
  /** No coupling of these margins has less entropy. */
  readonly bound: number
}

export interface CouplingView {
  readonly points: readonly RatePoint[]
  /** Rates that a grouping meets exactly, at most 400 of them; bits. */
  readonly deterministic: readonly number[]
}

const bits = (nats: number) => nats / Math.LN2
const steps = 60
/** Groupings on either side of a rate from which moves are tried. */
const neighbours = 4

export function couplingView(joint: Joint): CouplingView {
  const { px, nx, H_X } = joint
  const rates = Array.from({ length: steps + 1 }, (_, k) => (k / steps) * H_X)
  const listed = nx <= largestExhaustive
  const maps = listed ? deterministicMaps(px) : distinct(rates.map((rate) => greedyCompression(px, rate)))
  const stride = Math.ceil(maps.length / 400)
  return {
    points: rates.map((rate) => pointAt(joint, maps, rate, listed)),
    deterministic: maps.filter((_, i) => i % stride === 0 || i === maps.length - 1).map(({ I }) => bits(I)),
  }
}

function distinct(maps: readonly Compression[]): Compression[] {
  const sorted = [...maps].sort((a, b) => a.I - b.I)
  return sorted.filter(({ I }, i) => i === 0 || I - sorted[i - 1]!.I > 1e-12)
}

function pointAt({ px, py }: Joint, maps: readonly Compression[], rate: number, listed: boolean): RatePoint {
  const { I, labels } = greedyCompression(px, rate)
  const above = maps.findIndex((map) => map.I > rate + 1e-12)
  const split = above < 0 ? maps.length : above
  const within = maps[split - 1]?.I ?? 0
  const near = maps.slice(Math.max(0, split - neighbours), split + neighbours)
  const filled = near.map((map) => nearDeterministic(px, map, rate) ?? 0)
  const clusters = Math.max(...labels) + 1
  const pt = new Float64Array(clusters)
  labels.forEach((t, x) => {
    pt[t]! += px[x]!
  })
  const paired = greedyCoupling(pt, py)
  return {
    rate: bits(rate),
    greedy: bits(I),
    smallestFirst: bits(smallestFirstCompression(px, rate).I),
    best: listed ? bits(within) : null,
    filled: bits(Math.max(within, ...filled)),
    labels: [...labels],
    coupling: Array.from({ length: clusters }, (_, t) => [
      ...paired.joint.subarray(t * py.length, (t + 1) * py.length),
    ]),
    H_joint: bits(paired.H_joint),
    bound: bits(couplingEntropyBound(pt, py)),
  }
}
