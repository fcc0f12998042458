import { entmaxThreshold } from '../../../src/math/normalizers/entmax.ts'
import type { ParamValues } from '../../../src/math/normalizers/params.ts'
import { sparsemaxThreshold } from '../../../src/math/normalizers/sparsemax.ts'

/** Which registry entry a golden file of kind `vector` is about. Its parameters go through resolveParams as they are. */
export interface GoldenFile {
  readonly file: string
  readonly id: string
  /** The threshold, where the file states one and the variant exposes it; kept logits only. */
  readonly tau?: (x: ArrayLike<number>, params: ParamValues) => number
  /** A wider tolerance for a quantity whose stored numbers are themselves further off than the file's tolerance. */
  readonly wider?: Readonly<Record<string, number>>
}

const entmaxTau: GoldenFile['tau'] = (x, params) => entmaxThreshold(x, Number(params['alpha'])).tau

export const goldenFiles: readonly GoldenFile[] = [
  { file: 'softmax', id: 'softmax' },
  { file: 'sparsemax', id: 'sparsemax', tau: (x) => sparsemaxThreshold(x).tau },
  // Its source adds ⟨y − e_k, x⟩ at |x| = 1e4 and is off by 1.65e-12 (entmax.test.ts has the value to 60 digits).
  { file: 'entmax15', id: 'entmax', tau: entmaxTau, wider: { loss: 2e-12 } },
  { file: 'entmax_alpha', id: 'entmax', tau: entmaxTau },
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
  { file: 'relu_n', id: 'relu-n' },
  { file: 'gumbel_softmax', id: 'gumbel' },
  { file: 'sigsoftmax', id: 'sigsoftmax' },
  { file: 'taylor_softmax', id: 'taylor' },
  { file: 'spherical_softmax', id: 'spherical' },
]

/** Golden files of kind `vector` that are about a plain function, tested beside it. */
export const plainGoldenFiles: readonly string[] = ['log_softmax', 'softpool']
