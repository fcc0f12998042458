import { entropy } from './joint.ts'
import { canonical, partitions } from './partitions.ts'

/** A deterministic map of x that keeps H(T) within a rate; I(X;T) = H(T). Nats. */
export interface Compression {
  readonly I: number
  /** The cluster of each symbol, numbered in order of first appearance. */
  readonly labels: Int32Array
}

/** Rates are compared with this slack, so that H(X) itself fits a rate of H(X). */
const slack = 1e-12

const massesOf = (p: ArrayLike<number>, labels: Int32Array): Float64Array => {
  const masses = new Float64Array(labels.length)
  for (let x = 0; x < labels.length; x++) masses[labels[x]!]! += p[x]!
  return masses
}

const compressionOf = (p: ArrayLike<number>, labels: Int32Array): Compression => ({
  I: entropy(massesOf(p, labels)),
  labels: canonical(labels),
})

const apart = (n: number): Int32Array => Int32Array.from({ length: n }, (_, x) => x)

/**
 * Greedy compression of x to H(T) ≤ rate: while it does not fit, merge the two smallest masses if that is enough; else
 * the two largest if that is not; else the pair that leaves the most entropy within the rate. Falls short of the best by
 * at most h(p₂), the entropy of a coin of the second largest mass.
 * Source: after the guarantee of Ebrahimi, Chen & Khisti 2024, arXiv:2410.21666.
 */
export function greedyCompression(p: ArrayLike<number>, rate: number): Compression {
  let labels = apart(p.length)
  while (entropy(massesOf(p, labels)) > rate + slack) {
    const masses = massesOf(p, labels)
    const used = [...masses.keys()].filter((t) => masses[t]! > 0).sort((a, b) => masses[a]! - masses[b]!)
    if (used.length < 2) break
    const merged = (a: number, b: number) => labels.map((t) => (t === b ? a : t))
    const fits = (candidate: Int32Array) => entropy(massesOf(p, candidate)) <= rate + slack
    const smallest = merged(used[0]!, used[1]!)
    if (fits(smallest)) return compressionOf(p, smallest)
    const largest = merged(used.at(-1)!, used.at(-2)!)
    if (!fits(largest)) {
      labels = largest
      continue
    }
    const pairs = used.flatMap((a, i) => used.slice(i + 1).map((b) => merged(a, b)))
    const best = pairs.filter(fits).map((candidate) => compressionOf(p, candidate))
    return best.reduce((a, b) => (b.I > a.I ? b : a))
  }
  return compressionOf(p, labels)
}

/** The plain rule to compare with: merge the two smallest masses until H(T) ≤ rate. */
export function smallestFirstCompression(p: ArrayLike<number>, rate: number): Compression {
  let labels = apart(p.length)
  while (entropy(massesOf(p, labels)) > rate + slack) {
    const masses = massesOf(p, labels)
    const used = [...masses.keys()].filter((t) => masses[t]! > 0).sort((a, b) => masses[a]! - masses[b]!)
    labels = labels.map((t) => (t === used[0] ? used[1]! : t))
  }
  return compressionOf(p, labels)
}

/** The best deterministic map with H(T) ≤ rate, by listing every partition: Bell(n) of them. */
export function bestCompression(p: ArrayLike<number>, rate: number): Compression {
  let best: Compression = compressionOf(p, new Int32Array(p.length))
  for (const labels of partitions(p.length)) {
    const I = entropy(massesOf(p, labels))
    if (I <= rate + slack && I > best.I) best = { I, labels: labels.slice() }
  }
  return best
}

/** Every deterministic map of x by H(T), ascending, one for each different H(T). Bell(n) of them are tried. */
export function deterministicMaps(p: ArrayLike<number>): Compression[] {
  const all = Array.from(partitions(p.length), (labels) => ({
    I: entropy(massesOf(p, labels)),
    labels: labels.slice(),
  }))
  all.sort((a, b) => a.I - b.I)
  return all.filter(({ I }, i) => i === 0 || I - all[i - 1]!.I > slack)
}

/**
 * I(X;T) of an encoder close to a deterministic map that spends a rate exactly: part of one symbol's mass moves to a
 * cluster of its own (for more than the map's H(T)) or to the largest cluster (for less). The best symbol is taken.
 * @returns nats, or null where no such move reaches the rate
 * Source: Ebrahimi, Chen & Khisti 2024, theorem 3, arXiv:2410.21666.
 */
export function nearDeterministic(p: ArrayLike<number>, { I, labels }: Compression, rate: number): number | null {
  const masses = massesOf(p, labels)
  const largest = masses.indexOf(Math.max(...masses))
  let best: number | null = null
  for (let x = 0; x < p.length; x++) {
    const from = masses[labels[x]!]!
    const into = rate > I ? 0 : masses[largest]!
    if (rate <= I && labels[x] === largest) continue
    const entropyAfter = (moved: number) => I - phi(from) - phi(into) + phi(from - moved) + phi(into + moved)
    // Half a cluster is the most that adds entropy as it leaves; any share of it takes entropy away as it joins.
    const most = rate > I ? Math.min(p[x]!, from / 2) : p[x]!
    const reaches = rate > I ? entropyAfter(most) >= rate : entropyAfter(most) <= rate
    if (!reaches) continue
    let [low, high] = [0, most]
    for (let step = 0; step < 50; step++) {
      const middle = (low + high) / 2
      if (entropyAfter(middle) > rate === rate > I) high = middle
      else low = middle
    }
    const share = low / p[x]!
    best = Math.max(best ?? 0, rate - p[x]! * (phi(share) + phi(1 - share)))
  }
  return best
}

const phi = (mass: number) => (mass > 0 ? -mass * Math.log(mass) : 0)
