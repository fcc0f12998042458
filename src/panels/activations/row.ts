import { gaussians } from '../../math/random/gaussian.ts'
import { rng } from '../../math/random/rng.ts'
import type { ComputeContext } from '../contract.ts'
import type { ActivationsExperiment } from './experiment.ts'

export interface Row {
  /** After scale and shift, shape [n]. */
  readonly logits: Float64Array
  /** 1 keeps an entry, shape [n]; null keeps all. */
  readonly kept: Uint8Array | null
  readonly nameOf: (index: number) => string
}

/**
 * The experiment's row, wherever it comes from.
 * @throws an error that says what to do, where this browser does not have the experiment's data
 */
export async function rowOf(experiment: ActivationsExperiment, find: ComputeContext['data']): Promise<Row> {
  const { scale, shift, masked, names } = experiment
  const base = await baseLogits(experiment, find)
  const logits = Float64Array.from(base, (logit) => scale * logit + shift)
  const kept = masked.length === 0 ? null : new Uint8Array(logits.length).fill(1)
  for (const index of masked) kept?.fill(0, index, index + 1)
  return { logits, kept, nameOf: (index) => nameOf(names, index) }
}

async function baseLogits(
  { logits, generate, data }: ActivationsExperiment,
  find: ComputeContext['data'],
): Promise<ArrayLike<number>> {
  if (data !== null) {
    const table = await find(data.key)
    if (table === null)
      throw new Error(
        `This browser does not have the numbers of ${data.name} (${data.rows} × ${data.cols}). Paste or drop them again.`,
      )
    return table.values.subarray(data.row * table.cols, (data.row + 1) * table.cols)
  }
  if (generate !== null) return gaussians(rng(generate.seed), generate.n).map((value) => value * generate.sd)
  return logits
}

/** An entry's name, or its index where it has none. */
export const nameOf = (names: readonly string[], index: number): string => names[index] || String(index)
