import { mixedContext, mixtureLogProbabilities } from '../../math/bottleneck/mixtures.ts'
import { linearLogits, type LogitsOf } from '../../math/bottleneck/outputMatrix.ts'
import { portableNormals } from '../../math/bottleneck/portableNormals.ts'
import { logProbabilities } from '../../math/bottleneck/views.ts'
import { mapEntries, type Matrix } from '../../math/linalg/matrix.ts'
import { multiplyTransposed } from '../../math/linalg/products.ts'
import { plusLogSigmoid } from '../../math/normalizers/sigsoftmax.ts'
import type { RankExperiment } from './experiment.ts'
import type { LayerId } from './layers.ts'

/** What makes an output layer reads of an experiment. */
type Model = Pick<RankExperiment, 'components' | 'hidden' | 'seed'>

/** What turns the hidden states of a made model, row by row, into logits, or, where it has none, into log-probabilities. */
export const logitsOf: Readonly<Record<LayerId, (model: Model) => LogitsOf>> = {
  softmax: () => linearLogits,
  'mixture-of-contexts': (model) => {
    const { contextsOf, logMixing } = mixture(model)
    return (layer, hidden, weights) => {
      const mixing = mapEntries(logMixing(hidden), Math.exp)
      return linearLogits(layer, mixedContext(contextsOf(hidden), mixing), weights)
    }
  },
  'mixture-of-softmaxes': (model) => {
    const { contextsOf, logMixing } = mixture(model)
    return (layer, hidden, weights) => {
      const parts = contextsOf(hidden).map((context) => logProbabilities(linearLogits(layer, context, weights)))
      return mixtureLogProbabilities(parts, logMixing(hidden))
    }
  },
  sigsoftmax: () => (layer, hidden, weights) =>
    logProbabilities(mapEntries(linearLogits(layer, hidden, weights), plusLogSigmoid)),
}

/** Hidden states are stretched, and contexts bounded, so that the parts of a mixture differ. */
const stretch = 1.5
const bound = 3

/** hₖ = 3 tanh(1.5 Aₖ h) and ln π = ln softmax(1.5 P h), with random A of shape [d, d] and P of shape [K, d]. */
function mixture({ components, hidden: d, seed }: Model) {
  const random = (from: number, rows: number) => portableNormals(from, rows, d, stretch / Math.sqrt(d))
  const ofParts = Array.from({ length: components }, (_, k) => random(seed + 10 + 10 * components + k, d))
  const ofMixing = random(seed + 5 + components, components)
  return {
    contextsOf: (hidden: Matrix) =>
      ofParts.map((a) => mapEntries(multiplyTransposed(hidden, a), (x) => bound * Math.tanh(x))),
    logMixing: (hidden: Matrix) => logProbabilities(multiplyTransposed(hidden, ofMixing)),
  }
}
