import type { Pace } from '../../engine/breathe.ts'
import type { Project } from './layers.ts'
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
export const blockWords = 4096

/** What is kept of the logits of words [first, first + words), for T tokens. */
export interface LogitBlock {
  readonly first: number
  /** Largest logit of each token, [T]. */
  readonly maxima: ArrayLike<number>
  /** Σ exp(z − maximum) of each token, [T]. */
  readonly sums: ArrayLike<number>
  /** Logit of the token that comes next in the text, where that is in this block; [T]. */
  readonly targets: ArrayLike<number>
  /** Logits of the last token, [words]. */
  readonly last: ArrayLike<number>
  /** Shape [T, words], if all were asked for. */
  readonly all: ArrayLike<number> | null
}

/** Joins the blocks of one text, as they come: log-sum-exp is carried as maximum and scaled sum. */
export class Predicting {
  readonly #ids: readonly number[]
  readonly #maxima: Float64Array
  readonly #sums: Float64Array
  readonly #targets: Float64Array
  readonly #last: Float64Array
  readonly #logits: Float64Array | null

  /** @param all  keep the logits of every token */
  constructor(ids: readonly number[], vocabulary: number, all: boolean) {
    this.#ids = ids
    this.#maxima = new Float64Array(ids.length).fill(-Infinity)
    this.#sums = new Float64Array(ids.length)
    this.#targets = new Float64Array(ids.length)
    this.#last = new Float64Array(vocabulary)
    this.#logits = all ? new Float64Array(ids.length * vocabulary) : null
  }

  add({ first, maxima, sums, targets, last, all }: LogitBlock): void {
    const words = last.length
    this.#last.set(last, first)
    this.#ids.forEach((_, t) => {
      const next = this.#ids[t + 1] ?? -1
      if (next >= first && next < first + words) this.#targets[t] = targets[t]!
      const max = Math.max(this.#maxima[t]!, maxima[t]!)
      this.#sums[t] = scaledTo(max, this.#maxima[t]!, this.#sums[t]!) + scaledTo(max, maxima[t]!, sums[t]!)
      this.#maxima[t] = max
      if (all) for (let i = 0; i < words; i++) this.#logits![t * this.#last.length + first + i] = all[t * words + i]!
    })
  }

  end(): Predictions {
    const nll = new Float64Array(this.#ids.length - 1).map(
      (_, t) => this.#maxima[t]! + Math.log(this.#sums[t]!) - this.#targets[t]!,
    )
    const mean = nll.reduce((total, value) => total + value, 0) / nll.length
    return { nll, perplexity: Math.exp(mean), lastLogits: this.#last, logits: this.#logits }
  }
}

/** A sum of exponentials over exp(from), over exp(to) instead. */
const scaledTo = (to: number, from: number, sum: number): number => (from === to ? sum : sum * Math.exp(from - to))

/**
 * Goes through the vocabulary block by block, so that a large one needs no [T, vocabulary] array.
 * @param h  after the final norm, shape [T, width]
 */
export async function predictions(
  model: LanguageModel,
  h: Float64Array,
  ids: readonly number[],
  { project, breath, all }: { readonly project: Project; readonly breath: Pace; readonly all: boolean },
): Promise<Predictions> {
  const { vocabulary, width } = model.shape
  const predicting = new Predicting(ids, vocabulary, all)
  for (let first = 0; first < vocabulary; first += blockWords) {
    const words = Math.min(vocabulary - first, blockWords)
    const weight = await model.outputRows(first, first + words)
    const z = await project(h, { weight, bias: null, inputs: width, outputs: words }, breath)
    const rows = ids.map((_, t) => z.subarray(t * words, (t + 1) * words))
    const maxima = rows.map((row) => row.reduce((most, value) => Math.max(most, value), -Infinity))
    predicting.add({
      first,
      maxima,
      sums: rows.map((row, t) => row.reduce((sum, value) => sum + Math.exp(value - maxima[t]!), 0)),
      targets: rows.map((row, t) => row[(ids[t + 1] ?? NaN) - first] ?? NaN),
      last: rows.at(-1)!,
      all: all ? z : null,
    })
  }
  return predicting.end()
}
