import { outputMatrix, type Outputs } from '../../math/bottleneck/outputMatrix.ts'
import { portableNormals } from '../../math/bottleneck/portableNormals.ts'
import {
  entropyRank,
  expectedRank,
  noiseEdge,
  noiseMargin,
  rankDecisions,
  stableRank,
} from '../../math/bottleneck/rank.ts'
import { distinctRows } from '../../math/bottleneck/views.ts'
import { rowOf, zeros, type Matrix } from '../../math/linalg/matrix.ts'
import { singularValueSteps } from '../../math/linalg/singularValues.ts'
import type { Compute, ComputeContext } from '../contract.ts'
import { broughtOutputs } from './brought.ts'
import { describe } from './describe.ts'
import { precisionOf, type RankExperiment } from './experiment.ts'
import { inBreaths } from './inBreaths.ts'
import { mostPrompts, promptRankSteps, type PromptRanks } from './promptRanks.ts'
import type { RankNumbers, RankResult, SourceNumbers } from './result.ts'

export const compute: Compute<RankExperiment, RankResult> = async function* (experiment, context) {
  const { matrix: given, sigma, title, choices, rounding } = await outputsOf(experiment, context)
  const kept = distinctRows(given)
  const matrix = kept.length === given.rows ? given : selectRows(given, kept)
  const { rows, cols } = matrix
  const singularValues = await inBreaths(singularValueSteps(matrix), `singular values of ${rows} × ${cols}`, context)
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
    choices,
    rounding,
    promptRanks: null,
  }
  yield { ...numbers, ...describe(experiment, numbers) }
  const promptRanks = await promptRanksOf(matrix, numbers, experiment.promptMeanRemoved && title === null, context)
  if (promptRanks === null) return
  const whole = { ...numbers, promptRanks }
  yield { ...whole, ...describe(experiment, whole) }
}

/** By the rule that decides the rank of the whole: above the noise where it is known, else by float64's tolerance. */
async function promptRanksOf(
  matrix: Matrix,
  numbers: RankNumbers,
  meanRemoved: boolean,
  context: ComputeContext,
): Promise<PromptRanks | null> {
  const { rows, cols, singularValues, noiseEdge: edge, rankAboveNoise, rankTol } = numbers
  if (rows > mostPrompts) return null
  const limit = edge === null ? singularValues[0]! * (Math.max(rows, cols) * Number.EPSILON) : noiseMargin * edge
  const steps = promptRankSteps(matrix, limit, rankAboveNoise ?? rankTol, { meanRemoved })
  return inBreaths(steps, 'rank of the first prompts', context)
}

async function outputsOf(experiment: RankExperiment, { file }: ComputeContext): Promise<Outputs & SourceNumbers> {
  if (experiment.file !== null) return broughtOutputs(experiment, experiment.file, file)
  return { ...modelOutputs(experiment), title: null, choices: [], rounding: null }
}

/** Weights of a made model come from `seed` on, one number for each of its parts. */
function modelOutputs(experiment: RankExperiment): Outputs {
  const { vocabulary, hidden, prompts, seed, rounded, noise } = experiment
  const precision = precisionOf(experiment.precision)
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
    rounding: precision === 'f64' ? null : { where: rounded, precision },
    noise: noise === 0 ? null : { sigma: noise, normals: portableNormals(seed + 5, prompts, vocabulary) },
    promptMeanRemoved: experiment.promptMeanRemoved,
  })
}

const rankInTheory = (experiment: RankExperiment): number | null =>
  expectedRank({ ...experiment, softCap: experiment.softCap !== null })

function selectRows(a: Matrix, rows: readonly number[]): Matrix {
  const out = zeros(rows.length, a.cols)
  rows.forEach((row, r) => rowOf(out, r).set(rowOf(a, row)))
  return out
}
