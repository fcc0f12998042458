import {
  defineNormalizer,
  logSoftmax,
  logSoftmaxVjp,
  normalizers,
  softmaxNormalizer,
  type Normalizer,
} from '../math/index.ts'

/** Not a normalizer, since its values are no weights, but evaluated row by row under the same rules. */
const logSoftmaxFunction = defineNormalizer({
  id: 'log-softmax',
  label: 'log-softmax',
  family: 'exponential',
  summary: "The logarithm of softmax's weights, in nats; a dropped entry reads 0.",
  params: {},
  formula: String.raw`y_i = x_i - \log \sum_j e^{x_j}`,
  sources: [softmaxNormalizer.sources[0]],
  laws: () => ['permutes'],
  forward: logSoftmax,
  vjp: logSoftmaxVjp,
})

/** Functions of a row that `eval` takes beside the normalizers. */
export const functions: readonly Normalizer[] = [logSoftmaxFunction]

/** All that `eval` takes. */
export const evaluables: readonly Normalizer[] = [...normalizers, ...functions]
