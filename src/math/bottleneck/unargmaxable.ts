import { rowOf } from '../linalg/matrix.ts'
import { dot, norm } from '../linalg/products.ts'
import { timesPower } from './evenColumns.ts'
import type { OutputTokens } from './outputTokens.ts'
import { evenFactors, fitCone, type ConeFit } from './tokenCone.ts'

/** What is known of a token, with the proof. */
export type TokenVerdict =
  | {
      readonly kind: 'argmaxable'
      /** A hidden state of the layer as given at which the token wins, shape [d]. */
      readonly hidden: Float64Array
      /** It wins there by at least this much, rounding taken off. */
      readonly margin: number
      readonly foundBy: 'own row' | 'reflection' | 'least squares'
    }
  | {
      readonly kind: 'unargmaxable'
      /** Tokens whose rows, so weighted, average to the token's row while their biases average to no less than its. */
      readonly enclosedBy: readonly number[]
      /** λ ≥ 0, sum 1, in the same order. */
      readonly weights: Float64Array
      /** See {@link enclosureError}. */
      readonly error: number
    }
  /** Neither proof passed its check: the token lies on the edge to within rounding. */
  | { readonly kind: 'undecided'; readonly residual: number }

/** Reflections find nearly all winners; the rest is left to least squares. */
const reflections = 100
/** A fit among few tokens costs less than the reflections that would spare it: all of them up to so many dimensions. */
const fewDimensions = 8
const fewReflections = 20
const enclosureTolerance = 1e-11
/** Above it weights are fitted once more. */
const refineAbove = 4e-15
/** Distances from the cone, and parts of an average, that rounding alone may make. */
const rounding = 1e-14
/** Tried one after the other: tokens may lie nearer to each other than the layer is wide by all digits. */
const heights = [1, 2 ** -17, 2 ** -34, 2 ** -51]

/**
 * Can this token ever have the largest logit, strictly? Both answers come with a certificate that has been checked.
 * A token that repeats another one's row and bias cannot: it ties.
 * O(V d) for most; O(V d) times the size of the support, at most d + 2, for the rest.
 */
export function testToken(tokens: OutputTokens, token: number): TokenVerdict {
  return winByReflection(tokens, token) ?? decideByLeastSquares(tokens, token)
}

/**
 * The same test for one token after another, in any order: faster together, since each remembers whom the others met.
 * @returns  the test of a token
 */
export function tokenTester(tokens: OutputTokens): (token: number) => TokenVerdict {
  const met = new Set<number>()
  const patience = tokens.dimension <= fewDimensions ? 0 : fewReflections
  return (token) => winByReflection(tokens, token, patience) ?? decideAmong(tokens, token, met)
}

/**
 * Starts at the token's own row and, while another token wins, reflects the state to the other side of the plane where
 * the two tie. Null if it still loses after so many reflections, which proves nothing.
 * Source: Grivas, Bogoychev & Lopez 2022, arXiv:2203.06462.
 */
export function winByReflection(tokens: OutputTokens, token: number, patience = reflections): TokenVerdict | null {
  const { evenBias, dimension } = tokens
  const own = tokens.evenRow(token)
  const start = tokens.toEven(rowOf(tokens.weights, token))
  const x = start.every(Number.isFinite) ? start : own.slice()
  const u = new Float64Array(dimension)
  for (let step = 0; step <= patience; step++) {
    const { winner, lead } = tokens.challenge(token, x)
    if (winner === token) return winAt(tokens, token, x, lead, step === 0 ? 'own row' : 'reflection')
    const other = tokens.evenRow(winner)
    for (let k = 0; k < dimension; k++) u[k] = own[k]! - other[k]!
    const length = norm(u)
    if (length === 0) return null
    const distance = (dot(u, x) + evenBias[token]! - evenBias[winner]!) / length
    for (let k = 0; k < dimension; k++) x[k]! -= (2 * distance * u[k]!) / length
  }
  return null
}

/**
 * The verdict of a state of the even layer, checked in the layer as given; null if the token does not win there.
 * @param lead  of `challenge`, which spares the check by all rows where it is above 0
 */
function winAt(
  tokens: OutputTokens,
  token: number,
  x: Float64Array,
  lead: number,
  foundBy: 'own row' | 'reflection' | 'least squares',
): TokenVerdict | null {
  const { hidden, exponent, isExact } = tokens.toGiven(x)
  if (!hidden.every(Number.isFinite)) return null
  const known = isExact && lead > 0 ? timesPower(lead, exponent) : 0
  const margin = known > 0 ? known : tokens.winningMargin(token, hidden)
  return margin > 0 ? { kind: 'argmaxable', hidden, margin, foundBy } : null
}

/** Who wins at a state of the even layer, and the verdict of it where that is the token. */
function contestAt(tokens: OutputTokens, token: number, x: Float64Array) {
  const { winner, lead } = tokens.challenge(token, x)
  return { winner, win: winner === token ? winAt(tokens, token, x, lead, 'least squares') : null }
}

/** Distance of (0, 0, 1) from the cone of {@link fitCone} in the layer as given: 0 for a token that cannot win. */
export const hullResidual = (tokens: OutputTokens, token: number): number =>
  fitCone(tokens, token, { factors: new Float64Array(tokens.dimension + 1).fill(1) }).residual

/** By least squares against all other tokens at once: see {@link fitCone}. */
export function decideByLeastSquares(tokens: OutputTokens, token: number): TokenVerdict {
  let nearest = Infinity
  for (const height of heights) {
    const fit = fitCone(tokens, token, { height })
    const states = fit.residual > rounding ? fit.states : fit.states.slice(0, 1)
    for (const x of states) {
      const win = winAt(tokens, token, x, 0, 'least squares')
      if (win !== null) return win
    }
    const enclosure = enclosureOf(tokens, token, fit)
    if (enclosure !== null) return enclosure
    nearest = Math.min(nearest, fit.residual)
  }
  return { kind: 'undecided', residual: nearest }
}

/**
 * The same, against few tokens at a time: first those given, and whoever beats the token at the states so found joins
 * them, in `among`. Tokens inside the hull are enclosed by its corners alone, so that a search over all tokens that keeps
 * `among` from one to the next costs O(V) a token times the corners met, not O(V) times the support.
 * Source: Clarkson 1994, More output-sensitive geometric algorithms, FOCS.
 */
export function decideAmong(tokens: OutputTokens, token: number, among: Set<number>): TokenVerdict {
  if (among.size === 0) among.add(tokens.challenge(token, tokens.evenRow(token)).winner)
  for (;;) {
    const fit = fitCone(tokens, token, { among })
    if (fit.residual <= rounding) return enclosedOrDecided(tokens, token, fit)
    let isNew = false
    for (const x of fit.states) {
      const { winner, win } = contestAt(tokens, token, x)
      if (win !== null) return win
      isNew = winner !== token && !among.has(winner)
      if (!isNew) continue
      among.add(winner)
      break
    }
    // A tie, or rounding: only all others together can tell.
    if (!isNew) return decideByLeastSquares(tokens, token)
  }
}

/** Weights that enclose prove it, unless the token wins on the little that rounding left; else all others decide. */
function enclosedOrDecided(tokens: OutputTokens, token: number, fit: ConeFit): TokenVerdict {
  const [x] = fit.states
  const win = x === undefined ? null : contestAt(tokens, token, x).win
  return win ?? enclosureOf(tokens, token, fit) ?? decideByLeastSquares(tokens, token)
}

function enclosureOf(tokens: OutputTokens, token: number, fit: ConeFit): TokenVerdict | null {
  let best = enclosureFrom(tokens, token, fit)
  if (best === null) return null
  const { enclosedBy, weights } = best
  for (const least of [rounding, 0]) {
    if (best.error <= refineAbove) break
    const refined = enclosureFrom(
      tokens,
      token,
      refit(tokens, token, withShares(tokens, token, enclosedBy, weights, least)),
    )
    if (refined !== null && refined.error < best.error) best = refined
  }
  return best.error <= enclosureTolerance ? best : null
}

/** Those whose part of the average is above `least` of the largest part: less may be there by rounding alone. */
function withShares(
  tokens: OutputTokens,
  token: number,
  enclosedBy: readonly number[],
  weights: Float64Array,
  least: number,
): number[] {
  const own = tokens.evenRow(token)
  const parts = enclosedBy.map((j, n) => weights[n]! * (1 + norm(tokens.evenRow(j).map((x, k) => x - own[k]!))))
  const largest = Math.max(...parts)
  return enclosedBy.filter((_, n) => parts[n]! > least * largest)
}

type Enclosure = Extract<TokenVerdict, { kind: 'unargmaxable' }>

function enclosureFrom(tokens: OutputTokens, token: number, fit: ConeFit): Enclosure | null {
  const kept = [...fit.weights].sort(([a], [b]) => a - b)
  const total = kept.reduce((sum, [, weight]) => sum + weight, 0)
  if (!(total > 0)) return null
  const enclosedBy = kept.map(([name]) => name)
  const weights = Float64Array.from(kept, ([, weight]) => weight / total)
  return { kind: 'unargmaxable', enclosedBy, weights, error: enclosureError(tokens, token, enclosedBy, weights) }
}

/** The fit among these tokens alone, every coordinate in the size that it has among them. */
function refit(tokens: OutputTokens, token: number, among: readonly number[]): ConeFit {
  const { weights, bias, dimension } = tokens
  const factors = evenFactors(tokens)
  for (let k = 0; k <= dimension; k++) {
    const at = (j: number) => (k < dimension ? weights.values[j * dimension + k]! : bias[j]!)
    const size = Math.max(...among.map((j) => Math.abs(at(j) - at(token))))
    if (size > 0 && Number.isFinite(1 / size)) factors[k] = 1 / size
  }
  return fitCone(tokens, token, { among, factors })
}

/**
 * How far these weights are from enclosing the token, from the layer as given: the largest over the coordinates of
 * |Σ λⱼ (wⱼ − wᵢ)| / Σ λⱼ |wⱼ − wᵢ|, or the shortfall of the biases over Σ λⱼ |bⱼ − bᵢ| where that is more: by so large a
 * part must differences of the layer change to make it exact, whatever the scale of a column. Infinite for weights that
 * are negative or do not sum to 1.
 */
export function enclosureError(
  { weights: rows, bias, dimension }: OutputTokens,
  token: number,
  enclosedBy: readonly number[],
  lambda: ArrayLike<number>,
): number {
  const [sum, size] = [new Float64Array(dimension), new Float64Array(dimension)]
  let [total, shortfall, biasSize] = [0, 0, 0]
  const own = rowOf(rows, token)
  for (const [n, j] of enclosedBy.entries()) {
    const weight = lambda[n]!
    if (!(weight >= 0) || j === token) return Infinity
    const other = rowOf(rows, j)
    for (let k = 0; k < dimension; k++) {
      const term = weight * (other[k]! - own[k]!)
      sum[k]! += term
      size[k]! += Math.abs(term)
    }
    total += weight
    shortfall += weight * (bias[token]! - bias[j]!)
    biasSize += weight * Math.abs(bias[token]! - bias[j]!)
  }
  if (Math.abs(total - 1) > 1e-12) return Infinity
  const biasError = shortfall <= 0 ? 0 : shortfall / biasSize
  return sum.reduce((worst, x, k) => Math.max(worst, x === 0 ? 0 : Math.abs(x) / size[k]!), biasError)
}
