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

/** H(T) of every deterministic map of x, ascending: what rates can be met exactly. Bell(n) of them. Nats. */
export function deterministicRates(p: ArrayLike<number>): Float64Array {
  return Float64Array.from(partitions(p.length), (labels) => entropy(massesOf(p, labels))).sort()
}
