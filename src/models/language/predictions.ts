import type { Breath } from './layers.ts'
import { applied } from './layers.ts'
import type { LanguageModel } from './model.ts'

/** What the model expects to come next. */
export interface Predictions {
  /** −ln p of each token but the first, given those before it; nats; length T − 1. */
  readonly nll: Float64Array
  /** exp of the mean of `nll`; NaN for a single token. */
  readonly perplexity: number
  /** Logits of the token after the last; length vocabulary. */
  readonly lastLogits: Float64Array
  /** Shape [T, vocabulary], if it was asked for. */
  readonly logits: Float64Array | null
}

/** Words of the vocabulary whose logits are in memory at once. */
const blockWords = 4096

/**
 * Goes through the vocabulary block by block, so that a large one needs no [T, vocabulary] array.
 * @param h  after the final norm, shape [T, width]
 */
export async function predictions(
  model: LanguageModel,
  h: Float64Array,
  ids: readonly number[],
  breath: Breath,
  all: boolean,
): Promise<Predictions> {
  const { vocabulary, width } = model.shape
  const T = ids.length
  const lastLogits = new Float64Array(vocabulary)
  const logits = all ? new Float64Array(T * vocabulary) : null
  const targets = new Float64Array(T)
  // Log-sum-exp of what came so far, as maximum and scaled sum.
  const maxima = new Float64Array(T).fill(-Infinity)
  const sums = new Float64Array(T)
  for (let first = 0; first < vocabulary; first += blockWords) {
    const end = Math.min(vocabulary, first + blockWords)
    const words = end - first
    const weight = await model.outputRows(first, end)
    const block = await applied(h, { weight, bias: null, inputs: width, outputs: words }, breath)
    for (let t = 0; t < T; t++) {
      const row = block.subarray(t * words, (t + 1) * words)
      logits?.set(row, t * vocabulary + first)
      if (t === T - 1) lastLogits.set(row, first)
      const next = ids[t + 1]
      if (next !== undefined && next >= first && next < end) targets[t] = row[next - first]!
      const before = maxima[t]!
      const max = row.reduce((most, value) => Math.max(most, value), before)
      let sum = sums[t]! * (before === max ? 1 : Math.exp(before - max))
      for (const value of row) sum += Math.exp(value - max)
      maxima[t] = max
      sums[t] = sum
    }
  }
  const nll = new Float64Array(T - 1).map((_, t) => maxima[t]! + Math.log(sums[t]!) - targets[t]!)
  const mean = nll.reduce((total, value) => total + value, 0) / nll.length
  return { nll, perplexity: Math.exp(mean), lastLogits, logits }
}
