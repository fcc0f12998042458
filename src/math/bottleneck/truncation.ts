/** A rule that decides which tokens may be sampled. */
export interface TruncationRule {
  readonly id: string
  readonly label: string
  /** What its one parameter is. */
  readonly parameter: string
  /** @param p  probabilities, shape [V]  @returns  the tokens kept, in ascending order */
  readonly keep: (p: Float64Array, parameter: number) => number[]
}

/** −Σ p ln p, nats. */
export function entropyOf(p: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < p.length; i++) if (p[i]! > 0) sum -= p[i]! * Math.log(p[i]!)
  return sum
}

/** Tokens by descending key, ties by index. */
const ranked = (p: Float64Array, key: (token: number) => number): number[] =>
  Array.from(p, (_, token) => token).sort((a, b) => key(b) - key(a) || a - b)

const ascending = (tokens: readonly number[]): number[] => tokens.toSorted((a, b) => a - b)

/** Tokens with p ≥ limit; the most probable one always. */
function above(p: Float64Array, limit: number): number[] {
  const top = p.indexOf(Math.max(...p))
  return Array.from(p, (_, token) => token).filter((token) => token === top || p[token]! >= limit)
}

/** The k most probable. Source: Fan, Lewis & Dauphin 2018, arXiv:1805.04833. */
export const keepTopK = (p: Float64Array, k: number): number[] => ascending(ranked(p, (t) => p[t]!).slice(0, k))

/**
 * The shortest list of most probable tokens whose mass exceeds `mass`, the one that crosses included.
 * Source: Holtzman et al. 2020, arXiv:1904.09751.
 */
export function keepTopP(p: Float64Array, mass: number): number[] {
  const kept: number[] = []
  let before = 0
  for (const token of ranked(p, (t) => p[t]!)) {
    if (before > mass) break
    kept.push(token)
    before += p[token]!
  }
  return ascending(kept)
}

/** p ≥ ε. Source: Hewitt, Manning & Liang 2022, arXiv:2210.15191. */
export const keepEpsilon = (p: Float64Array, epsilon: number): number[] => above(p, epsilon)

/** p ≥ min(ε, √ε e^−H): a lower limit where the distribution is flat. Source: arXiv:2210.15191. */
export const keepEta = (p: Float64Array, epsilon: number): number[] =>
  above(p, Math.min(epsilon, Math.sqrt(epsilon) * Math.exp(-entropyOf(p))))

/** p ≥ m · max p. Source: Nguyen et al. 2024, arXiv:2407.01082. */
export const keepMinP = (p: Float64Array, fraction: number): number[] => above(p, fraction * Math.max(...p))

/**
 * The tokens whose surprise −ln p is nearest the entropy, until their mass reaches `mass`, and all as near as the last.
 * Source: Meister et al. 2023, arXiv:2202.00666.
 */
export function keepTypical(p: Float64Array, mass: number): number[] {
  const entropy = entropyOf(p)
  const distance = p.map((value) => Math.abs(-Math.log(value) - entropy))
  const order = ranked(p, (t) => -distance[t]!)
  let sum = 0
  let last = 0
  for (const token of order) {
    sum += p[token]!
    if (sum >= mass) break
    last += 1
  }
  const limit = distance[order[Math.min(last, p.length - 1)]!]!
  return ascending(order.filter((token) => distance[token]! <= limit))
}

/** Every rule with a parameter of its own, in the order menus show them. */
export const truncationRules: readonly TruncationRule[] = [
  { id: 'top-k', label: 'top-k', parameter: 'tokens kept', keep: keepTopK },
  { id: 'top-p', label: 'top-p (nucleus)', parameter: 'mass kept', keep: keepTopP },
  { id: 'epsilon', label: 'ε', parameter: 'least probability', keep: keepEpsilon },
  { id: 'eta', label: 'η', parameter: 'least probability where sharp', keep: keepEta },
  { id: 'min-p', label: 'min-p', parameter: 'least share of the top', keep: keepMinP },
  { id: 'typical', label: 'typical', parameter: 'mass kept', keep: keepTypical },
]
