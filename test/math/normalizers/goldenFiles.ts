import type { ParamValues } from '../../../src/math/normalizers/params.ts'

/** Which registry entry a golden file of kind `vector` is about. Its parameters go through resolveParams as they are. */
export interface GoldenFile {
  readonly file: string
  readonly id: string
  /** The threshold, where the file states one and the variant exposes it; kept logits only. */
  readonly tau?: (x: ArrayLike<number>, params: ParamValues) => number
}

export const goldenFiles: readonly GoldenFile[] = [
  { file: 'softmax', id: 'softmax' },
  { file: 'sparsemax', id: 'sparsemax' },
  { file: 'entmax15', id: 'entmax' },
  { file: 'entmax_alpha', id: 'entmax' },
  { file: 'normmax', id: 'normmax' },
  { file: 'budget_sparsemax', id: 'budget-sparsemax' },
  { file: 'softpick', id: 'softpick' },
  { file: 'ssmax', id: 'ssmax' },
  { file: 'sa_softmax', id: 'sa-softmax' },
  { file: 'topk_softmax', id: 'top-k' },
  { file: 'adaptive_temperature', id: 'adaptive-temperature' },
  { file: 'softplus_attention', id: 'softplus' },
  { file: 'softmax_n', id: 'softmax-n' },
  { file: 'sink_softmax', id: 'sink' },
  { file: 'sigmoid_attention', id: 'sigmoid' },
  { file: 'relu_norm', id: 'relu-norm' },
  { file: 'gumbel_softmax', id: 'gumbel' },
  { file: 'sigsoftmax', id: 'sigsoftmax' },
  { file: 'taylor_softmax', id: 'taylor' },
  { file: 'spherical_softmax', id: 'spherical' },
]

/** Golden files of kind `vector` that are about a plain function, tested beside it. */
export const plainGoldenFiles: readonly string[] = ['log_softmax', 'softpool']
