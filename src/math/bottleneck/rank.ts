/** Three ways to read a rank off singular values. */
export interface RankDecisions {
  /** Index of the largest drop of ln s; null if there is only one value. Needs more rows and columns than the rank. */
  readonly rankGap: number | null
  /** How large that drop is, in natural logarithms; below about 2 it decides nothing. */
  readonly logGap: number | null
  /** Values above s₁ · max(rows, cols) · ε: right for data exact to float64 only. */
  readonly rankTol: number
  /** Values above 1.25 times the largest that noise alone would give; null if the noise is not known. */
  readonly rankAboveNoise: number | null
}

/** Beyond the edge by a quarter: the largest noise value measured lies at 0.88 to 0.97 of the edge. */
export const noiseMargin = 1.25

/**
 * @param s  singular values, largest first
 * @param rows  shape of their matrix
 * @param noise  standard deviation of independent errors in its entries; null if unknown
 * @param epsilon  precision of the entries, for the tolerance rule
 */
export function rankDecisions(
  s: Float64Array,
  rows: number,
  cols: number,
  noise: number | null = null,
  epsilon = Number.EPSILON,
): RankDecisions {
  const edge = noise === null ? null : noiseMargin * noiseEdge(noise, rows, cols)
  return {
    ...largestGap(s),
    rankTol: countAbove(s, rankTolerance(s[0] ?? 0, rows, cols, epsilon)),
    rankAboveNoise: edge === null ? null : countAbove(s, edge),
  }
}

/** s₁ · max(rows, cols) · ε: what the rounding of a matrix of this size and norm may make of a singular value of 0. */
export const rankTolerance = (largest: number, rows: number, cols: number, epsilon = Number.EPSILON): number =>
  // The small factors first: s₁ times a side may be beyond float64, and then nothing would be above it.
  largest * (Math.max(rows, cols) * epsilon)

/**
 * σ(√rows + √cols): where the largest singular value of a matrix of independent errors of deviation σ lies.
 * Source: Bai & Yin 1993, "Limit of the smallest eigenvalue of a large dimensional sample covariance matrix".
 */
export const noiseEdge = (sigma: number, rows: number, cols: number): number =>
  sigma * (Math.sqrt(rows) + Math.sqrt(cols))

const countAbove = (s: Float64Array, limit: number): number =>
  s.reduce((sum, value) => sum + (value > limit ? 1 : 0), 0)

/** Without a floor at s₁ ε the largest drop would lie between two zeros that rounding made. */
function largestGap(s: Float64Array): Pick<RankDecisions, 'rankGap' | 'logGap'> {
  if (s.length < 2) return { rankGap: null, logGap: null }
  const floor = Math.max((s[0] ?? 0) * Number.EPSILON, Number.MIN_VALUE)
  let rankGap = 0
  let logGap = 0
  for (let i = 0; i + 1 < s.length && s[i]! > 0; i++) {
    const gap = Math.log(Math.max(s[i]!, floor)) - Math.log(Math.max(s[i + 1]!, floor))
    if (gap > logGap) [rankGap, logGap] = [i + 1, gap]
  }
  return { rankGap, logGap }
}

/** Σ s² / s₁²: how many directions as strong as the first. */
export function stableRank(s: Float64Array): number {
  return s.reduce((sum, value) => sum + value * value, 0) / s[0]! ** 2
}

/** exp of the entropy of s / Σ s: how many directions if all were as strong. */
export function entropyRank(s: Float64Array): number {
  const total = s.reduce((sum, value) => sum + value, 0)
  return Math.exp(s.reduce((sum, value) => (value > 0 ? sum - (value / total) * Math.log(value / total) : sum), 0))
}

/** What is in a matrix of outputs, as far as its rank depends on it. */
export interface OutputShape {
  readonly view: 'logits' | 'log-probabilities' | 'centred' | 'probabilities'
  readonly vocabulary: number
  /** Hidden size d. */
  readonly hidden: number
  readonly prompts: number
  readonly norm: 'none' | 'rms' | 'layer' | 'layer-shift'
  readonly bias: boolean
  readonly softCap: boolean
  /** The mean over prompts is taken off. */
  readonly promptMeanRemoved: boolean
}

/** What a rank in general position is made of: min(hidden + constant + normaliser, limit). */
export interface RankParts {
  /** Of the hidden states: d, and d − 1 after LayerNorm, which takes the mean off. */
  readonly hidden: number
  /** 1 for a constant vector, from an output bias or a norm's shift, unless the mean over prompts is removed. */
  readonly constant: 0 | 1
  /** 1 for the all-ones direction that the normaliser of log-probabilities adds. */
  readonly normaliser: 0 | 1
  /** No matrix of this shape has a higher rank. */
  readonly limit: number
  /** True if it is the prompts that are fewest. */
  readonly isOfPrompts: boolean
}

/** The parts of {@link expectedRank}; null where the map is not linear and nothing but the shape bounds the rank. */
export function rankParts(shape: OutputShape): RankParts | null {
  const { view, vocabulary, hidden, prompts, norm, bias, softCap, promptMeanRemoved } = shape
  if (softCap || view === 'probabilities') return null
  const tokens = view === 'centred' ? vocabulary - 1 : vocabulary
  const rows = promptMeanRemoved ? prompts - 1 : prompts
  return {
    hidden: norm === 'layer' || norm === 'layer-shift' ? hidden - 1 : hidden,
    constant: (bias || norm === 'layer-shift') && !promptMeanRemoved ? 1 : 0,
    normaliser: view === 'log-probabilities' ? 1 : 0,
    limit: Math.min(tokens, rows),
    isOfPrompts: rows <= tokens,
  }
}

/** The rank that weights in general position give, or null where the map is not linear and the rank is full. */
export function expectedRank(shape: OutputShape): number | null {
  const parts = rankParts(shape)
  return parts && Math.min(parts.hidden + parts.constant + parts.normaliser, parts.limit)
}
