import { isTrigger } from '../../models/tasks/backcopy.ts'
import { boundedLosses, type BoundedCache } from '../../models/transformer/boundedCache.ts'
import type { Transformer } from '../../models/transformer/Transformer.ts'
import { evaluationSequences, type SeedSetup } from './task.ts'

/** What is left of a model whose cache is bounded: mean losses in nats over the later half of the tokens. */
export interface Evicted {
  /** Above the least loss, where the token is no trigger. */
  readonly dormantExcess: number
  readonly triggerLoss: number
}

/** Runs a trained model on the evaluation sequences with a bounded cache, and measures where it has long been full. */
export function evicted(model: Transformer, { task, evaluation }: SeedSetup, cache: BoundedCache): Evicted {
  const { length: T } = model.config
  const sums = { excess: 0, dormant: 0, triggerLoss: 0, triggers: 0 }
  for (let from = 0; from < evaluationSequences; from += model.capacity) {
    const count = Math.min(model.capacity, evaluationSequences - from)
    model.load(evaluation, from, count)
    const losses = boundedLosses(model, count, cache)
    for (let at = 0; at < count * T; at++) {
      if (at % T <= T / 2) continue
      const token = model.tokens[at]!
      if (isTrigger(task, token)) {
        sums.triggerLoss += losses[at]!
        sums.triggers += 1
      } else {
        sums.excess += losses[at]! - task.entropy[token]!
        sums.dormant += 1
      }
    }
  }
  return { dormantExcess: sums.excess / sums.dormant, triggerLoss: sums.triggerLoss / sums.triggers }
}
