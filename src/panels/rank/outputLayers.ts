import { mixedContext, mixtureLogProbabilities } from '../../math/bottleneck/mixtures.ts'
import { linearLogits, type LogitsOf } from '../../math/bottleneck/outputMatrix.ts'
import { portableNormals } from '../../math/bottleneck/portableNormals.ts'
import { logProbabilities } from '../../math/bottleneck/views.ts'
import { mapEntries, type Matrix } from '../../math/linalg/matrix.ts'
import { multiplyTransposed } from '../../math/linalg/products.ts'
import { plusLogSigmoid } from '../../math/normalizers/sigsoftmax.ts'
import type { RankExperiment } from './experiment.ts'
import type { LayerId } from './layers.ts'

type Mixture = Pick<RankExperiment, 'components' | 'seed'>

/** What turns the hidden states of a made model into logits, or, where it has none, into log-probabilities. */
export const logitsOf: Readonly<Record<LayerId, (mixture: Mixture) => LogitsOf>> = {
  softmax: () => linearLogits,
  'mixture-of-contexts': (mixture) => (model, hidden, weights) => {
    const mixing = mapEntries(logMixing(hidden, mixture), Math.exp)
    return linearLogits(model, mixedContext(contextsOf(hidden, mixture), mixing), weights)
  },
  'mixture-of-softmaxes': (mixture) => (model, hidden, weights) => {
    const parts = contextsOf(hidden, mixture).map((context) => logProbabilities(linearLogits(model, context, weights)))
    return mixtureLogProbabilities(parts, logMixing(hidden, mixture))
  },
  sigsoftmax: () => (model, hidden, weights) =>
    logProbabilities(mapEntries(linearLogits(model, hidden, weights), plusLogSigmoid)),
}

/** Hidden states are stretched, and contexts bounded, so that the parts of a mixture differ. */
const stretch = 1.5
const bound = 3

/** hₖ = 3 tanh(1.5 Aₖ h), with random A of shape [d, d]. */
const contextsOf = (hidden: Matrix, { components, seed }: Mixture): Matrix[] =>
  Array.from({ length: components }, (_, k) =>
    mapEntries(stretched(hidden, seed + 10 + 10 * components + k, hidden.cols), (x) => bound * Math.tanh(x)),
  )

/** ln softmax(1.5 P h), with random P of shape [K, d]. */
const logMixing = (hidden: Matrix, { components, seed }: Mixture): Matrix =>
  logProbabilities(stretched(hidden, seed + 5 + components, components))

/** 1.5 A h of each hidden state, with random A of shape [rows, d]. */
const stretched = (hidden: Matrix, seed: number, rows: number): Matrix =>
  mapEntries(
    multiplyTransposed(hidden, portableNormals(seed, rows, hidden.cols, 1 / Math.sqrt(hidden.cols))),
    (x) => stretch * x,
  )
