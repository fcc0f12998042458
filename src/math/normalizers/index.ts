import { adaptiveTemperatureNormalizer } from './adaptiveTemperature.ts'
import { budgetSparsemaxNormalizer } from './budgetSparsemax.ts'
import type { Normalizer } from './contract.ts'
import { entmaxNormalizer } from './entmax.ts'
import { gumbelNormalizer } from './gumbel.ts'
import { normmaxNormalizer } from './normmax.ts'
import { reluNNormalizer } from './reluN.ts'
import { reluNormNormalizer } from './reluNorm.ts'
import { saSoftmaxNormalizer } from './saSoftmax.ts'
import { sigmoidNormalizer } from './sigmoid.ts'
import { sigsoftmaxNormalizer } from './sigsoftmax.ts'
import { sinkNormalizer } from './sink.ts'
import { softmaxNormalizer } from './softmax.ts'
import { softmaxNNormalizer } from './softmaxN.ts'
import { softpickNormalizer } from './softpick.ts'
import { softplusNormalizer } from './softplus.ts'
import { sparsemaxNormalizer } from './sparsemax.ts'
import { sphericalNormalizer } from './spherical.ts'
import { ssmaxNormalizer } from './ssmax.ts'
import { taylorNormalizer } from './taylor.ts'
import { topKNormalizer } from './topK.ts'

/** Every variant, in the order menus and legends show them. */
export const normalizers: readonly Normalizer[] = [
  softmaxNormalizer,
  ssmaxNormalizer,
  adaptiveTemperatureNormalizer,
  saSoftmaxNormalizer,
  sparsemaxNormalizer,
  entmaxNormalizer,
  normmaxNormalizer,
  budgetSparsemaxNormalizer,
  topKNormalizer,
  softpickNormalizer,
  softplusNormalizer,
  reluNormNormalizer,
  reluNNormalizer,
  softmaxNNormalizer,
  sinkNormalizer,
  sigmoidNormalizer,
  taylorNormalizer,
  sphericalNormalizer,
  sigsoftmaxNormalizer,
  gumbelNormalizer,
]

/** The variant with this id, or undefined. */
export const normalizerById = (id: string): Normalizer | undefined => normalizers.find((entry) => entry.id === id)
