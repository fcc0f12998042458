import { entropy } from './joint.ts'

/** A joint distribution of two given margins, chosen for low entropy. Nats. */
export interface Coupling {
  /** Shape [p.length, q.length]; rows sum to p, columns to q. */
  readonly joint: Float64Array
  readonly H_joint: number
  readonly I: number
  /** Entries that are not 0. */
  readonly atoms: number
}

/**
 * Greedy minimum-entropy coupling: put the largest remaining p and the largest remaining q together, as much as fits,
 * until nothing is left; the first index on ties. Its entropy exceeds the least possible by at most ln 2.
 * O((n + m)(n + m)). Source: Kocaoglu et al. 2017, arXiv:1611.04035.
 */
export function greedyCoupling(p: ArrayLike<number>, q: ArrayLike<number>): Coupling {
  const left = Float64Array.from(p)
  const right = Float64Array.from(q)
  const joint = new Float64Array(left.length * right.length)
  let atoms = 0
  // Each turn uses up an entry, but for round-off, which is not worth an atom.
  for (let turn = 0; turn < left.length + right.length; turn++) {
    const i = largestIndex(left)
    const j = largestIndex(right)
    const mass = Math.min(left[i]!, right[j]!)
    if (mass <= 1e-15) break
    if (joint[i * right.length + j] === 0) atoms += 1
    joint[i * right.length + j]! += mass
    left[i]! -= mass
    right[j]! -= mass
  }
  const H_joint = entropy(joint)
  return { joint, H_joint, I: entropy(p) + entropy(q) - H_joint, atoms }
}

function largestIndex(values: Float64Array): number {
  let at = 0
  for (let i = 1; i < values.length; i++) if (values[i]! > values[at]!) at = i
  return at
}

/**
 * No coupling of p and q has less entropy than this: the entropy of their majorisation meet, the differences of the
 * lesser of the two sorted cumulative sums. Nats. Source: Cicalese, Gargano & Vaccaro 2019, arXiv:1901.07530.
 */
export function couplingEntropyBound(p: ArrayLike<number>, q: ArrayLike<number>): number {
  const size = Math.max(p.length, q.length)
  const cumulative = (values: ArrayLike<number>) => {
    const sorted = Float64Array.from(values).sort().reverse()
    let sum = 0
    return Float64Array.from({ length: size }, (_, i) => (sum += sorted[i] ?? 0))
  }
  const [a, b] = [cumulative(p), cumulative(q)]
  const meet = a.map((sum, i) => Math.min(sum, b[i]!))
  return entropy(meet.map((sum, i) => Math.max(0, sum - (meet[i - 1] ?? 0))))
}
