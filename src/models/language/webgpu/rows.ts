import { concat, mul, relu, reshape, slice, tile, type Tensor } from '../../../engine/tf.ts'
import { rowTensor } from '../../../kernels/tensorOps.ts'
import type { Causal } from '../../transformer/webgpu/rows.ts'
import type { HeadNormalizer } from '../forward.ts'
import { sameNormalizer } from '../sameNormalizer.ts'
import { reluN } from './refusals.ts'

/** Neighbouring heads that share a normalizer. */
interface Run {
  readonly from: number
  readonly count: number
  readonly by: HeadNormalizer
}

/** Weights of the causal rows of a layer's heads, each by its own normalizer; scores and weights are [heads, T, T]. */
export function gpuRows(scores: Tensor, normalizerAt: (head: number) => HeadNormalizer, given: Causal): Tensor {
  const [heads = 0, T = 0] = scores.shape
  const runs = runsOf(heads, normalizerAt)
  const parts = runs.map(({ from, count, by }) => {
    const part = count === heads ? scores : slice(scores, [from, 0, 0], [count, T, T])
    if (by.entry.id === reluN) return mul(relu(part), given.share)
    const rows = rowTensor(by.entry.id, reshape(part, [count * T, T]), by.params, tile(given.seen, [count, 1]))
    return reshape(rows, part.shape)
  })
  return parts.length === 1 ? parts[0]! : concat(parts, 0)
}

function runsOf(heads: number, normalizerAt: (head: number) => HeadNormalizer): Run[] {
  const runs: Run[] = []
  for (let head = 0; head < heads; head++) {
    const by = normalizerAt(head)
    const before = runs.at(-1)
    if (before && sameNormalizer(before.by, by)) runs[runs.length - 1] = { ...before, count: before.count + 1 }
    else runs.push({ from: head, count: 1, by })
  }
  return runs
}
