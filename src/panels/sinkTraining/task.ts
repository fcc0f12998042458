import { rng, type Rng } from '../../math/random/rng.ts'
import { backcopy, drawSequences, isTrigger, type Backcopy } from '../../models/tasks/backcopy.ts'

/** Sequences that every state is measured on. */
export const evaluationSequences = 256

/** All that a seed decides; models of one seed share it. */
export interface SeedSetup {
  readonly seed: number
  readonly task: Backcopy
  /** Held out, [256, length + 1]. */
  readonly evaluation: Int32Array
  /** Of the first evaluation sequence, whose maps are kept. */
  readonly tokens: readonly number[]
  readonly triggers: readonly boolean[]
  /** A source of first weights: the same numbers at every call. */
  readonly weights: () => Rng
  /** Fills a batch, [sequences, length + 1]; goes on from call to call. */
  readonly drawBatch: (batch: Int32Array) => void
}

export function setUp(seed: number, length: number): SeedSetup {
  const seeds = rng(seed)
  // Each part has a stream of its own, so that none moves when another draws more.
  const [ofTask, ofWeights, ofEvaluation, ofBatches] = Array.from({ length: 4 }, () => Math.floor(seeds() * 2 ** 32))
  const task = backcopy(rng(ofTask!))
  const evaluation = new Int32Array(evaluationSequences * (length + 1))
  drawSequences(task, rng(ofEvaluation!), length + 1, evaluation)
  const tokens = Array.from(evaluation.subarray(0, length))
  const batches = rng(ofBatches!)
  return {
    seed,
    task,
    evaluation,
    tokens,
    triggers: tokens.map((token) => isTrigger(task, token)),
    weights: () => rng(ofWeights!),
    drawBatch: (batch) => drawSequences(task, batches, length + 1, batch),
  }
}
