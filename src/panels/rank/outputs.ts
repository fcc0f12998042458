import { outputMatrixSteps, type OutputLayer, type Outputs } from '../../math/bottleneck/outputMatrix.ts'
import { portableNormals } from '../../math/bottleneck/portableNormals.ts'
import { precisionOf, type RankExperiment } from './experiment.ts'
import { logitsOf } from './outputLayers.ts'

/** Of the made model, in steps that yield the fraction done. Its weights come from `seed` on, one number for each of its parts. */
export function modelOutputSteps(experiment: RankExperiment): Generator<number, Outputs, void> {
  const { vocabulary, hidden, prompts, seed, rounded, noise } = experiment
  const precision = precisionOf(experiment.precision)
  const model: OutputLayer = {
    weights: portableNormals(seed, vocabulary, hidden, 1 / Math.sqrt(hidden)),
    hidden: portableNormals(seed + 1, prompts, hidden),
    bias: experiment.bias ? portableNormals(seed + 2, 1, vocabulary, 0.5).values : null,
    norm: experiment.norm,
    gain: portableNormals(seed + 3, 1, hidden).values.map((x) => 1 + 0.1 * x),
    shift: portableNormals(seed + 4, 1, hidden, 0.3).values,
    temperature: experiment.temperature,
    cap: experiment.softCap,
    view: experiment.view,
    rounding: precision === 'f64' ? null : { where: rounded, precision },
    noise: noise === 0 ? null : { sigma: noise, normals: portableNormals(seed + 5, prompts, vocabulary) },
    promptMeanRemoved: experiment.promptMeanRemoved,
  }
  return outputMatrixSteps(model, logitsOf[experiment.layer](experiment))
}
