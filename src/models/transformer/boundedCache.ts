import { learnedParam, type TransformerConfig } from './config.ts'
import type { CausalRows, Values } from './loops.ts'
import type { Transformer } from './Transformer.ts'

/** Which tokens a query still sees. */
export interface BoundedCache {
  /** Tokens held, the query's own included: at least 1, or 2 where the first is kept. */
  readonly size: number
  /** Whether one place is the first token's, and only the rest the newest's. */
  readonly keepsFirst: boolean
}

/** The keys that are held for query `i`, counted from 0, ascending. */
export function keysHeld(i: number, { size, keepsFirst }: BoundedCache): number[] {
  const start = Math.max(0, i + 1 - (keepsFirst ? size - 1 : size))
  const newest = Array.from({ length: i + 1 - start }, (_, k) => start + k)
  return keepsFirst && start > 0 ? [0, ...newest] : newest
}

/** Attention to what a cache holds: its scores alone make a row, and what was evicted gets 0. */
function boundedRows(
  { normalizer, params, length }: TransformerConfig,
  step: number,
  cache: BoundedCache,
): Pick<CausalRows, 'forward'> {
  const learned = learnedParam({ normalizer })
  const held = Array.from({ length }, (_, i) => keysHeld(i, cache))
  return {
    forward(scores, weights, start, value) {
      const given = learned === null ? params : { ...params, [learned]: value }
      for (const [i, keys] of held.entries()) {
        const at = start + i * step
        const seen = keys.map((key) => scores[at + key]!)
        const row = normalizer.forward(seen, given)
        weights.fill(0, at, at + step)
        for (const [k, key] of keys.entries()) weights[at + key] = row[k]!
      }
    },
  }
}

/**
 * The cross-entropies of the first `sequences` loaded where every layer has a bounded cache: nats, [sequences, length],
 * until the model is used again. As in StreamingLLM (arXiv:2309.17453), but positions stay what they were.
 */
export function boundedLosses(model: Transformer, sequences: number, cache: BoundedCache): Values {
  model.forward(sequences, boundedRows(model.config, model.shape.step, cache))
  model.loss(sequences, 1)
  return model.shared.losses
}
