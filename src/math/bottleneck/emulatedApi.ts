import { DomainError } from '../errors.ts'
import { logSumExp } from '../logSumExp.ts'
import { gaussian } from '../random/gaussian.ts'
import type { Rng } from '../random/rng.ts'
import { roundToDecimals } from './precision.ts'

/** What an interface to a model reveals, and what it forbids. */
export interface ApiRules {
  /** k: how many of the most probable tokens come back. */
  readonly top: number
  /** Digits after the point of each log-probability; null for all. */
  readonly decimals: number | null
  /** Logits may be biased by the caller, at most `maxBiased` of them and within ±`maxBias`. */
  readonly allowsBias: boolean
  readonly maxBiased: number
  readonly maxBias: number
  /** Standard deviation of noise on each log-probability. */
  readonly noise: number
  /** False: only the name of the top token comes back. */
  readonly showsLogProbabilities: boolean
  /** True: a biased call only names its top token, as where a bias acts on what is written but not on what is reported. */
  readonly biasHidesLogProbabilities: boolean
}

export interface TokenLogProbability {
  readonly token: number
  /** In nats; NaN where the interface shows none. */
  readonly logProbability: number
}

/** Added to the logits of tokens, by token. */
export type Biases = ReadonlyMap<number, number>

/**
 * One call: the k most probable tokens of softmax(z + bias), most probable first, with what is shown of their
 * log-probabilities. An emulation: no interface that is open today answers so.
 * @param logits  z of this prompt, shape [V]
 * @param rng  draws the noise
 * @throws DomainError if the biases break the rules
 */
export function callApi(
  logits: Float64Array,
  biases: Biases,
  rules: ApiRules,
  rng: Rng,
): readonly TokenLogProbability[] {
  checkBiases(biases, rules)
  const namesOnly = !rules.showsLogProbabilities || (rules.biasHidesLogProbabilities && biases.size > 0)
  if (namesOnly) return [{ token: winner(logits, biases), logProbability: NaN }]
  const biased = logits.slice()
  for (const [token, bias] of biases) biased[token]! += bias
  const total = logSumExp(biased)
  return topTokens(biased, rules.top).map((token) => {
    const noisy = biased[token]! - total + (rules.noise === 0 ? 0 : rules.noise * gaussian(rng))
    return { token, logProbability: rules.decimals === null ? noisy : roundToDecimals(noisy, rules.decimals) }
  })
}

function checkBiases(biases: Biases, { allowsBias, maxBiased, maxBias }: ApiRules): void {
  if (biases.size > 0 && !allowsBias) throw new DomainError('callApi: this interface takes no bias')
  if (biases.size > maxBiased) throw new DomainError(`callApi: ${biases.size} biases; at most ${maxBiased} are taken`)
  for (const [token, bias] of biases) {
    if (Math.abs(bias) <= maxBias) continue
    throw new DomainError(`callApi: bias ${bias} of token ${token}; biases lie within ±${maxBias}`)
  }
}

/** The index of the largest biased logit, without a copy of them all: searches by bisection ask for little else. O(V) */
function winner(logits: Float64Array, biases: Biases): number {
  let best = -1
  let highest = -Infinity
  for (let i = 0; i < logits.length; i++) {
    if (logits[i]! > highest && !biases.has(i)) [best, highest] = [i, logits[i]!]
  }
  for (const [token, bias] of biases) {
    const value = logits[token]! + bias
    if (value > highest || (value === highest && token < best)) [best, highest] = [token, value]
  }
  return best
}

/** Indices of the k largest entries, largest first; of equal ones the lower index first. O(V log k) */
export function topTokens(values: Float64Array, k: number): number[] {
  const top: number[] = []
  let least = -Infinity
  for (let i = 0; i < values.length; i++) {
    if (top.length === k && values[i]! <= least) continue
    let at = top.length
    while (at > 0 && values[top[at - 1]!]! < values[i]!) at -= 1
    top.splice(at, 0, i)
    if (top.length > k) top.pop()
    least = values[top.at(-1)!]!
  }
  return top
}
