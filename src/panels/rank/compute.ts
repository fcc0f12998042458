import { breathe, breathEvery } from '../../engine/breathe.ts'
import { outputMatrix, type Outputs } from '../../math/bottleneck/outputMatrix.ts'
import { portableNormals } from '../../math/bottleneck/portableNormals.ts'
import { roundingSigma } from '../../math/bottleneck/precision.ts'
import { entropyRank, expectedRank, noiseEdge, rankDecisions, stableRank } from '../../math/bottleneck/rank.ts'
import { centreRows, distinctRows, logProbabilities, probabilities } from '../../math/bottleneck/views.ts'
import { rowOf, zeros, type Matrix } from '../../math/linalg/matrix.ts'
import { singularValueSteps } from '../../math/linalg/singularValues.ts'
import type { Compute, ComputeContext } from '../contract.ts'
import { readMatrix } from '../matrixSource.ts'
import { describe } from './describe.ts'
import { precisionOf, type RankExperiment } from './experiment.ts'
import { rankLimit } from './limit.ts'
import type { RankNumbers, RankResult } from './result.ts'

export const compute: Compute<RankExperiment, RankResult> = async function* (experiment, context) {
  const { matrix: given, sigma, title } = await outputsOf(experiment, context)
  const kept = distinctRows(given)
  const matrix = kept.length === given.rows ? given : selectRows(given, kept)
  const singularValues = await valuesOf(matrix, context)
  const { rows, cols } = matrix
  const numbers: RankNumbers = {
    singularValues,
    ...rankDecisions(singularValues, rows, cols, sigma),
    matrix: experiment.view,
    rows,
    cols,
    repeats: given.rows - rows,
    expectedRank: title === null ? rankInTheory(experiment) : null,
    sigma,
    noiseEdge: sigma === null ? null : noiseEdge(sigma, rows, cols),
    stableRank: stableRank(singularValues),
    entropyRank: entropyRank(singularValues),
    title,
  }
  yield { ...numbers, ...describe(experiment, numbers) }
}

async function outputsOf(
  experiment: RankExperiment,
  { file }: ComputeContext,
): Promise<Outputs & { readonly title: string | null }> {
  if (experiment.file === null) return { ...modelOutputs(experiment), title: null }
  const { name, tensor, ...matrix } = await readMatrix(experiment, experiment.file, file, rankLimit)
  const sigma = roundingSigma(matrix, precisionOf(experiment.precision))
  return {
    matrix: viewOf(matrix, experiment.view),
    sigma: sigma === 0 ? null : sigma,
    title: tensor === null ? name : `${name}, ${tensor}`,
  }
}

/** Of a matrix as it was brought; logits are the matrix itself. */
function viewOf(matrix: Matrix, view: RankExperiment['view']): Matrix {
  switch (view) {
    case 'logits':
      return matrix
    case 'log-probabilities':
      return logProbabilities(matrix)
    case 'centred':
      return centreRows(matrix)
    case 'probabilities':
      return probabilities(matrix)
  }
}

/** Weights of a made model come from `seed` on, one number for each of its parts. */
function modelOutputs(experiment: RankExperiment): Outputs {
  const { vocabulary, hidden, prompts, seed, precision, rounded, noise } = experiment
  return outputMatrix({
    weights: portableNormals(seed, vocabulary, hidden, 1 / Math.sqrt(hidden)),
    hidden: portableNormals(seed + 1, prompts, hidden),
    bias: experiment.bias ? portableNormals(seed + 2, 1, vocabulary, 0.5).values : null,
    norm: experiment.norm,
    gain: portableNormals(seed + 3, 1, hidden).values.map((x) => 1 + 0.1 * x),
    shift: portableNormals(seed + 4, 1, hidden, 0.3).values,
    temperature: experiment.temperature,
    cap: experiment.softCap,
    view: experiment.view,
    rounding: precision === 'f64' ? null : { where: rounded, precision: precisionOf(precision) },
    noise: noise === 0 ? null : { sigma: noise, normals: portableNormals(seed + 5, prompts, vocabulary) },
    promptMeanRemoved: experiment.promptMeanRemoved,
  })
}

const rankInTheory = (experiment: RankExperiment): number | null =>
  expectedRank({ ...experiment, softCap: experiment.softCap !== null })

async function valuesOf(matrix: Matrix, { signal, progress }: ComputeContext): Promise<Float64Array> {
  const steps = singularValueSteps(matrix)
  let breath = performance.now()
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (performance.now() - breath < breathEvery) continue
    progress(step.value, `singular values of ${matrix.rows} × ${matrix.cols}`)
    await breathe()
    signal.throwIfAborted()
    breath = performance.now()
  }
}

function selectRows(a: Matrix, rows: readonly number[]): Matrix {
  const out = zeros(rows.length, a.cols)
  rows.forEach((row, r) => rowOf(out, r).set(rowOf(a, row)))
  return out
}
