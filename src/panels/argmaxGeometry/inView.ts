import { chebyshevRadius } from '../../math/bottleneck/chebyshevRadius.ts'
import { OutputTokens } from '../../math/bottleneck/outputTokens.ts'
import { probabilityCeiling } from '../../math/bottleneck/probabilityCeiling.ts'
import { enclosureError } from '../../math/bottleneck/unargmaxable.ts'
import { softmax } from '../../math/normalizers/softmax.ts'
import type { ArgmaxGeometryExperiment } from './experiment.ts'
import type { Numbers } from './result.ts'

type Chosen = Pick<ArgmaxGeometryExperiment, 'token' | 'box'>

/** One token, with its certificate checked anew on the layer as it is drawn. */
export interface TokenInView {
  readonly token: number
  readonly verdict: 'can win' | 'can never win' | 'undecided' | 'not tested yet'
  readonly enclosedBy: readonly { readonly token: number; readonly weight: number }[]
  /** Of the weights, see `enclosureError`; null without any. */
  readonly error: number | null
  /**
   * The largest probability that any state gives it, or that states come near to; null where it was not computed, or the
   * search for it did not end.
   */
  readonly ceiling: number | null
  /** An upper bound of it, by the weights alone. */
  readonly bound: number | null
  /** Where it wins, or, if it cannot, where it does best; null for a layer too large to look at. */
  readonly state: Float64Array | null
  /** Its lead in logits there, rounding taken off; null where it does not win. */
  readonly margin: number | null
  /** Of the largest ball of states in the box where it wins; 0 or less if there is none, null where it was not computed. */
  readonly radius: number | null
}

/** A radius is computed as long as tokens times d² stay below this: some milliseconds. */
const mostRadiusWork = 20_000

/** The same for ceilings of tokens that may win, in tokens times d². */
const mostCeilingWork = 200_000

/** The token that is looked at. */
export const tokenOf = (
  { token }: Pick<ArgmaxGeometryExperiment, 'token'>,
  { tokens, unargmaxable }: Numbers,
): number => (token !== null && token < tokens ? token : (unargmaxable[0] ?? 0))

/** The layer of a result; null where it is too large to be part of it. */
export function layerIn({ W, b, tokens, dimensions }: Numbers): OutputTokens | null {
  return W === null ? null : new OutputTokens({ rows: tokens, cols: dimensions, values: W }, b)
}

export function tokenInView(experiment: Chosen, result: Numbers): TokenInView {
  const token = tokenOf(experiment, result)
  const layer = layerIn(result)
  const enclosers = result.enclosedBy[token] ?? []
  const weights = result.weights[token] ?? []
  const won = result.winsAt[token]
  const isLost = enclosers.length > 0
  const canWin = !isLost && token < result.tested && !result.undecided.includes(token)
  const best = layer !== null && (isLost || isQuick(layer)) ? probabilityCeiling(layer, token) : null
  const state = won ? Float64Array.from(won) : isLost ? (best?.hidden ?? null) : null
  return {
    token,
    verdict: isLost
      ? 'can never win'
      : result.undecided.includes(token)
        ? 'undecided'
        : canWin
          ? 'can win'
          : 'not tested yet',
    enclosedBy: enclosers.map((other, k) => ({ token: other, weight: weights[k]! })),
    error: !isLost ? null : layer ? enclosureError(layer, token, enclosers, weights) : (result.error[token] ?? null),
    // Without biases a winner's lead grows with the length of h, beyond all bounds.
    ceiling:
      canWin && layer !== null && !layer.isBiased
        ? 1
        : best?.isConverged
          ? best.probability
          : (result.ceiling[token] ?? null),
    bound: result.bound[token] ?? null,
    state,
    margin: layer && won ? layer.winningMargin(token, Float64Array.from(won)) : null,
    radius:
      layer && result.tokens * result.dimensions ** 2 <= mostRadiusWork
        ? chebyshevRadius(layer, token, experiment.box)
        : null,
  }
}

const isQuick = ({ isBiased, count, dimension }: OutputTokens): boolean =>
  isBiased && count * dimension ** 2 <= mostCeilingWork

/** A probability that is 1 but for the end of the search. */
export const isNearOne = (p: number): boolean => p > 1 - 1e-9

/** A hidden state, and what the layer makes of it. */
export interface StateInView {
  readonly h: Float64Array
  /** Shape [V]. */
  readonly probabilities: Float64Array
  /** Tokens, the likeliest first. */
  readonly order: readonly number[]
  /** The first of them; null where it ties with the second. */
  readonly winner: number | null
}

/** The state that is looked at: the one chosen by hand, or the token's own; null where there is none. */
export function stateInView(
  { h }: Pick<ArgmaxGeometryExperiment, 'h'>,
  result: Numbers,
  own: Float64Array | null,
): StateInView | null {
  const layer = layerIn(result)
  const state = h !== null && h.length === result.dimensions ? Float64Array.from(h) : own
  if (layer === null || state === null) return null
  const logits = layer.logits(state)
  const probabilities = softmax(logits, 1)
  const order = Array.from(logits, (_, j) => j).sort((i, j) => logits[j]! - logits[i]! || i - j)
  const [first, second] = [order[0]!, order[1]!]
  const isTie = logits[first]! - logits[second]! <= tie * logits.reduce((most, z) => Math.max(most, Math.abs(z)), 0)
  return { h: state, probabilities, order, winner: isTie ? null : first }
}

/** Two logits as near as this part of the largest are equal to within rounding. */
const tie = 1e-12
