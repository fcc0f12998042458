import type { Pace } from '../../engine/breathe.ts'
import { isTrigger } from '../../models/tasks/backcopy.ts'
import { boundedLosses, type BoundedCache } from '../../models/transformer/boundedCache.ts'
import type { TransformerConfig } from '../../models/transformer/config.ts'
import { openFloat64 } from '../../models/transformer/float64/openFloat64.ts'
import type { Values } from '../../models/transformer/loops.ts'
import { openTransformer, type Transformer } from '../../models/transformer/Transformer.ts'
import { openWasm } from '../../models/transformer/wasm/openWasm.ts'
import { evaluationSequences, type SeedSetup } from './task.ts'

/** What is left of a model whose cache is bounded: mean losses in nats over the later half of the tokens. */
export interface Evicted extends BoundedCache {
  /** Above the least loss, where the token is no trigger. */
  readonly dormantExcess: number
  readonly triggerLoss: number
}

const cacheSizes = [16, 8, 4, 2]
/** Sequences at a time. */
const part = 8

/** A trained model with each of some caches that are full for the later half of the tokens. @param pace  lets signals in */
export async function evictions(
  config: TransformerConfig,
  parameters: Values,
  setup: SeedSetup,
  pace: Pace,
): Promise<Evicted[]> {
  const fast = await openTransformer(config, openWasm, part)
  const model = 'reason' in fast ? await openTransformer(config, openFloat64, part) : fast
  if ('reason' in model) throw new Error(model.reason)
  model.shared.parameters.set(parameters)
  const found: Evicted[] = []
  for (const size of cacheSizes.filter((each) => each <= config.length / 2))
    for (const keepsFirst of [false, true]) found.push(await evicted(model, setup, { size, keepsFirst }, pace))
  return found
}

/** Runs a trained model on the evaluation sequences with a bounded cache, and measures where it has long been full. */
export async function evicted(
  model: Transformer,
  { task, evaluation }: SeedSetup,
  cache: BoundedCache,
  pace: Pace,
): Promise<Evicted> {
  const { length: T } = model.config
  const sums = { excess: 0, dormant: 0, triggerLoss: 0, triggers: 0 }
  for (let from = 0; from < evaluationSequences; from += model.capacity) {
    await pace()
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
  return { ...cache, dormantExcess: sums.excess / sums.dormant, triggerLoss: sums.triggerLoss / sums.triggers }
}
