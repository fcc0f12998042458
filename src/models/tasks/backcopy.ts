import { gaussian } from '../../math/random/gaussian.ts'
import type { Rng } from '../../math/random/rng.ts'

export interface BackcopyOptions {
  /** Token 0 is BOS, the next `triggers` are triggers, the rest ordinary. */
  readonly vocabulary: number
  readonly triggers: number
  /** Probability that an ordinary token is followed by a trigger. */
  readonly triggerShare: number
}

export const defaultBackcopy: BackcopyOptions = { vocabulary: 32, triggers: 3, triggerShare: 0.25 }

/** The task's law, fixed by its seed. */
export interface Backcopy extends BackcopyOptions {
  /** Running sums of each row of P(next | token), shape [vocabulary, vocabulary]. */
  readonly cumulative: Float64Array
  /** Entropy of each row, nats: what the best predictor loses at that token; 0 at triggers, after which all is known. */
  readonly entropy: Float64Array
}

/**
 * Bigram-Backcopy: a bigram chain in which a trigger is followed by the token before it. x₁ = BOS; x₂ by the ordinary
 * tokens' law alone; then x_{t+1} = x_{t−1} if x_t is a trigger, else x_{t+1} ~ P(· | x_t). A row of P spreads
 * `triggerShare` evenly on triggers and the rest as softmax(1.5 · N(0, 1)) on ordinary tokens.
 * Source: Guo et al. 2024, arXiv:2410.13835, section 2, at the size of a toy.
 */
export function backcopy(rng: Rng, options: BackcopyOptions = defaultBackcopy): Backcopy {
  const { vocabulary, triggers, triggerShare } = options
  const cumulative = new Float64Array(vocabulary * vocabulary)
  const entropy = new Float64Array(vocabulary)
  const row = new Float64Array(vocabulary)
  for (let token = 0; token < vocabulary; token++) {
    const share = token === 0 ? 0 : triggerShare
    let total = 0
    row.fill(share / triggers, 1, 1 + triggers)
    for (let next = 1 + triggers; next < vocabulary; next++) total += row[next] = Math.exp(1.5 * gaussian(rng))
    let sum = 0
    for (let next = 0; next < vocabulary; next++) {
      if (next > triggers) row[next]! *= (1 - share) / total
      const p = row[next]!
      sum += p
      cumulative[token * vocabulary + next] = sum
      if (p > 0 && !isTrigger(options, token)) entropy[token]! -= p * Math.log(p)
    }
  }
  return { ...options, cumulative, entropy }
}

/** True after which token the one before it comes again. */
export const isTrigger = ({ triggers }: BackcopyOptions, token: number): boolean => token >= 1 && token <= triggers

/** Fills `out`, [sequences, length], with fresh sequences. */
export function drawSequences(task: Backcopy, rng: Rng, length: number, out: Int32Array): void {
  for (let start = 0; start < out.length; start += length)
    for (let t = 0; t < length; t++) {
      const token = t === 0 ? 0 : out[start + t - 1]!
      out[start + t] = t === 0 ? 0 : isTrigger(task, token) ? out[start + t - 2]! : draw(task, token, rng)
    }
}

function draw({ cumulative, vocabulary }: Backcopy, token: number, rng: Rng): number {
  const start = token * vocabulary
  // Scaled by the last sum, which rounding may leave a little off 1.
  const target = rng() * cumulative[start + vocabulary - 1]!
  for (let next = 0; next < vocabulary; next++) if (cumulative[start + next]! > target) return next
  return vocabulary - 1
}
