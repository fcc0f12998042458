import { add, concat, mul, ones, relu, reshape, slice, tensor2d, tile, type Tensor } from '../../../engine/tf.ts'
import { rowOpOf } from '../../../kernels/index.ts'
import { rowTensor } from '../../../kernels/tensorOps.ts'
import type { TransformerConfig } from '../config.ts'

/** Weights of causal rows, [sequences, heads, T, T], of scores of that shape; differentiable, `learned` included. */
export type GpuRows = (scores: Tensor, learned: Tensor | null) => Tensor

/** What belongs to a length and is used at every step; the caller disposes of it. */
export interface Causal {
  /** True where a query sees a key, [T, T]. */
  readonly seen: Tensor
  /** ln n of each row, [T, 1]. */
  readonly logLength: Tensor
  /** 1/n where a query sees a key, else 0, [T, T]. */
  readonly share: Tensor
}

export function causal(T: number): Causal {
  const square = Array.from({ length: T * T }, (_, at) => ({ row: Math.floor(at / T), column: at % T }))
  return {
    seen: tensor2d(
      square.map(({ row, column }) => column <= row),
      [T, T],
      'bool',
    ),
    logLength: tensor2d(
      Array.from({ length: T }, (_, row) => Math.log(row + 1)),
      [T, 1],
    ),
    share: tensor2d(
      square.map(({ row, column }) => (column <= row ? 1 / (row + 1) : 0)),
      [T, T],
    ),
  }
}

/** A fused row kernel over all rows at once. */
function fused(normalizer: string, params: TransformerConfig['params'], scores: Tensor, seen: Tensor): Tensor {
  const [sequences = 0, heads = 0, T = 0, columns = 0] = scores.shape
  const rows = reshape(scores, [sequences * heads * T, columns])
  return reshape(rowTensor(normalizer, rows, params, tile(seen, [sequences * heads, 1])), scores.shape)
}

const byHead = (learned: Tensor) => reshape(learned, [1, learned.size, 1, 1])

/** Normalizers whose rows are built from a kernel and what a head learns, or from no kernel at all. */
const composed: Readonly<Record<string, (config: TransformerConfig, given: Causal) => GpuRows>> = {
  // κ = s ln n + b of each head and row.
  ssmax:
    ({ params }, { seen, logLength }) =>
    (scores, learned) =>
      fused('softmax', { T: 1 }, mul(scores, add(mul(byHead(learned!), logLength), Number(params['b']))), seen),
  // The sink is one more logit in each row; its weight is cut off.
  sink:
    (_, { seen }) =>
    (scores, learned) => {
      const [sequences = 0, heads = 0, T = 0] = scores.shape
      const sunk = mul(ones([sequences, heads, T, 1]), byHead(learned!))
      const open = concat([seen, ones([T, 1], 'bool')], 1)
      const weights = fused('softmax', { T: 1 }, concat([scores, sunk], 3), open)
      return slice(weights, [0, 0, 0, 0], [sequences, heads, T, T])
    },
  'relu-n':
    (_, { share }) =>
    (scores) =>
      mul(relu(scores), share),
}

/** Null, or why this normalizer's rows cannot run on a GPU. */
export function refusesRows({ normalizer, params }: TransformerConfig): string | null {
  if (normalizer.id in composed) return null
  const op = rowOpOf(normalizer.id)
  return op ? (op.refuses?.(params) ?? null) : `there is no kernel for ${normalizer.id}`
}

export function gpuRows(config: TransformerConfig, given: Causal): GpuRows {
  const { normalizer, params } = config
  return composed[normalizer.id]?.(config, given) ?? ((scores) => fused(normalizer.id, params, scores, given.seen))
}
