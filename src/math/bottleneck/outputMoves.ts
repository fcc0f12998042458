import { logSoftmax } from '../logSoftmax.ts'
import { bisectLogit, recoverFromAnchor, recoverFromBatch } from './apiRecovery.ts'
import type { ApiRules, Biases, TokenLogProbability } from './emulatedApi.ts'

/**
 * How a whole output is read.
 * - `unbiased`: what one plain call shows, no more
 * - `batch`: top tokens a call under one bias, the unstable formula
 * - `anchored`: the same, but one place goes to the most probable token, whose log-probability is known
 * - `least bias`: one token at a time, under a bias that only just makes it win: the batch formula where it is stable
 * - `bisection`: one token at a time, by the names of winners alone
 */
export type ReadingStrategy = 'unbiased' | 'batch' | 'anchored' | 'least bias' | 'bisection'

/** What an attacker who would like to use `wanted` can use under these rules. */
export function strategyUnder(rules: ApiRules, wanted: 'batch' | 'anchored'): ReadingStrategy {
  if (!rules.allowsBias) return 'unbiased'
  if (!rules.showsLogProbabilities || rules.biasHidesLogProbabilities) return 'bisection'
  if (rules.top === 1 && wanted === 'anchored') return 'least bias'
  return wanted
}

/** Asks the interface once, always for the same prompt. */
export type AskApi = (biases: Biases) => readonly TokenLogProbability[]

/** One step of reading an output: whom it was about, what the last call of it said, what follows. */
export interface OutputMove {
  readonly tokens: readonly number[]
  readonly calls: number
  /** On `tokens`, and on the anchor, in the last call; 0 for none. */
  readonly bias: number
  /** The token that shares the bias so that the others can be compared with it, or null. */
  readonly anchor: number | null
  readonly reply: readonly TokenLogProbability[]
  /**
   * ln p of `tokens`, nats; NaN for those that did not come back or are lost to cancellation. Less the top token's
   * where the interface shows no log-probability at all.
   */
  readonly logProbabilities: readonly number[]
}

/** How finely a bias is searched for by bisection, in nats. */
export const bisectionPrecision = 1e-6
/** A token that wins by at most this has p′ of at most e / (1 + e), so that 1 − p′ keeps its digits. */
const leastBiasWithin = 1

/** The moves that read a prompt's whole output; the first is the plain call. @param bias  for `batch` and `anchored` */
export function* outputMoves(
  ask: AskApi,
  vocabulary: number,
  rules: Pick<ApiRules, 'top' | 'maxBias'>,
  strategy: ReadingStrategy,
  bias: number,
): Generator<OutputMove, void, void> {
  const plain = ask(new Map())
  const level = plain[0]
  if (level === undefined) return
  // By names, every token is measured against the top one alike: finer than what the plain call may round.
  const named = { ...level, logProbability: Number.isNaN(level.logProbability) ? 0 : level.logProbability }
  const shown = strategy === 'bisection' || Number.isNaN(level.logProbability) ? [named] : plain
  const known = new Set(shown.map(({ token }) => token))
  const tokens = shown.map(({ token }) => token)
  const logProbabilities = shown.map(({ logProbability }) => logProbability)
  yield { tokens, calls: 1, bias: 0, anchor: null, reply: plain, logProbabilities }
  const rest = Array.from({ length: vocabulary }, (_, token) => token).filter((token) => !known.has(token))
  const top = { token: level.token, logProbability: logProbabilities[0]! }
  switch (strategy) {
    case 'unbiased':
      return
    case 'batch':
      for (const batch of batchesOf(rest, rules.top)) yield batchMove(ask, batch, bias, null)
      return
    case 'anchored':
      for (const batch of batchesOf(rest, rules.top - 1)) yield batchMove(ask, batch, bias, top)
      return
    case 'least bias':
      for (const token of rest) yield leastBiasMove(ask, token, rules.maxBias)
      return
    case 'bisection':
      for (const token of rest) yield bisectionMove(ask, token, rules.maxBias, top.logProbability)
  }
}

function* batchesOf(tokens: readonly number[], size: number): Generator<number[], void, void> {
  if (size < 1) return
  for (let start = 0; start < tokens.length; start += size) yield tokens.slice(start, start + size)
}

function batchMove(
  ask: AskApi,
  tokens: readonly number[],
  bias: number,
  anchor: TokenLogProbability | null,
): OutputMove {
  const biased = anchor === null ? tokens : [anchor.token, ...tokens]
  const reply = ask(new Map(biased.map((token) => [token, bias])))
  const answers = new Map(reply.map(({ token, logProbability }) => [token, logProbability]))
  const known = tokens.map((token) => answers.get(token) ?? NaN)
  const logProbabilities =
    anchor === null
      ? recoverFromBatch(known, bias)
      : known.map((y) => recoverFromAnchor(y, answers.get(anchor.token) ?? NaN, anchor.logProbability))
  return { tokens, calls: 1, bias, anchor: anchor?.token ?? null, reply, logProbabilities }
}

function leastBiasMove(ask: AskApi, token: number, range: number): OutputMove {
  let calls = 0
  let last: { bias: number; reply: readonly TokenLogProbability[] } = { bias: range, reply: [] }
  const wins = (bias: number) => {
    calls += 1
    const reply = ask(new Map([[token, bias]]))
    const won = reply[0]?.token === token
    if (won) last = { bias, reply }
    return won
  }
  const found = !Number.isNaN(bisectLogit(wins, range, leastBiasWithin))
  const logProbabilities = found ? recoverFromBatch([last.reply[0]!.logProbability], last.bias) : [NaN]
  return { tokens: [token], calls, ...last, anchor: null, logProbabilities }
}

function bisectionMove(ask: AskApi, token: number, range: number, topLogProbability = 0): OutputMove {
  let calls = 0
  let last: { bias: number; reply: readonly TokenLogProbability[] } = { bias: 0, reply: [] }
  const wins = (bias: number) => {
    calls += 1
    last = { bias, reply: ask(new Map([[token, bias]])) }
    return last.reply[0]?.token === token
  }
  const behind = bisectLogit(wins, range, bisectionPrecision)
  return { tokens: [token], calls, ...last, anchor: null, logProbabilities: [topLogProbability - behind] }
}

/**
 * The moves that compare a few tokens with a reference token, as a known image needs them. Their log-probabilities are
 * relative to the reference, or to one level that the reference's own move shares.
 * @param tokens  without the reference
 */
export function* comparingMoves(
  ask: AskApi,
  tokens: readonly number[],
  reference: number,
  rules: Pick<ApiRules, 'top' | 'maxBias'>,
  strategy: ReadingStrategy,
  bias: number,
): Generator<OutputMove, void, void> {
  if (strategy === 'unbiased') return
  if (strategy === 'least bias' || strategy === 'bisection') {
    const read = strategy === 'bisection' ? bisectionMove : leastBiasMove
    for (const token of [reference, ...tokens]) yield read(ask, token, rules.maxBias)
    return
  }
  const anchor = { token: reference, logProbability: 0 }
  for (const batch of batchesOf(tokens, rules.top - 1)) yield batchMove(ask, batch, bias, anchor)
}

export interface FullOutput {
  /** ln p of every token, shape [V]; NaN for those that did not come back. */
  readonly logProbabilities: Float64Array
  readonly calls: number
}

/**
 * What moves told together. Where the interface shows no log-probability, a whole output is brought to its level by
 * Σ p = 1; one with gaps stays relative to its top token.
 */
export function gatherMoves(moves: Iterable<OutputMove>, vocabulary: number): FullOutput {
  const logProbabilities = new Float64Array(vocabulary).fill(NaN)
  let calls = 0
  let relative = false
  for (const move of moves) {
    if (calls === 0) relative = move.reply.every(({ logProbability }) => Number.isNaN(logProbability))
    calls += move.calls
    move.tokens.forEach((token, i) => (logProbabilities[token] = move.logProbabilities[i]!))
  }
  const whole = logProbabilities.every((value) => !Number.isNaN(value))
  return { logProbabilities: relative && whole ? logSoftmax(logProbabilities) : logProbabilities, calls }
}

/** A prompt's whole output; see {@link outputMoves}. */
export const readFullOutput = (
  ask: AskApi,
  vocabulary: number,
  rules: Pick<ApiRules, 'top' | 'maxBias'>,
  strategy: ReadingStrategy,
  bias: number,
): FullOutput => gatherMoves(outputMoves(ask, vocabulary, rules, strategy, bias), vocabulary)
