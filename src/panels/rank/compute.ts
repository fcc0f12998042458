import type { Outputs } from '../../math/bottleneck/outputMatrix.ts'
import {
  entropyRank,
  noiseEdge,
  noiseMargin,
  rankDecisions,
  rankTolerance,
  stableRank,
} from '../../math/bottleneck/rank.ts'
import { distinctRows } from '../../math/bottleneck/views.ts'
import { rowOf, zeros, type Matrix } from '../../math/linalg/matrix.ts'
import { singularValueSteps } from '../../math/linalg/singularValues.ts'
import type { Compute, ComputeContext } from '../contract.ts'
import { broughtOutputs } from './brought.ts'
import { dropsFromCommonLevel, laterDrop } from './commonLevel.ts'
import { comparedWith, mostCompared } from './comparisons.ts'
import { aboveThousandth, describe } from './describe.ts'
import type { RankExperiment } from './experiment.ts'
import { whatIsDone } from './firstLook.ts'
import { inBreaths } from '../../engine/inBreaths.ts'
import { modelOutputSteps } from './outputs.ts'
import { mostPrompts, promptRankSteps, type PromptRanks } from './promptRanks.ts'
import { foundRank } from './remainder.ts'
import type { RankNumbers, RankResult, SourceNumbers } from './result.ts'
import { rankInTheory } from './theory.ts'

export const compute: Compute<RankExperiment, RankResult> = async function* (experiment, context) {
  const { matrix: given, sigma, title, choices, rounding } = await outputsOf(experiment, context)
  const kept = distinctRows(given)
  const distinct = (a: Matrix) => (kept.length === a.rows ? a : selectRows(a, kept))
  const matrix = distinct(given)
  const { rows, cols } = matrix
  const singularValues = await inBreaths(
    singularValueSteps(matrix),
    await whatIsDone(matrix, title, experiment.seed, context),
    context,
  )
  const inReach = singularValues.subarray(0, mostRank(experiment, matrix))
  const decisions = rankDecisions(inReach, rows, cols, sigma)
  const isFromLevel = dropsFromCommonLevel(experiment.view, matrix, singularValues, decisions)
  let numbers: RankNumbers = {
    singularValues,
    ...decisions,
    isFromLevel,
    laterDrop: isFromLevel ? laterDrop(inReach) : null,
    matrix: experiment.view,
    rows,
    cols,
    repeats: given.rows - rows,
    expectedRank: title === null ? rankInTheory(experiment) : null,
    sigma,
    noiseEdge: sigma === null ? null : noiseEdge(sigma, rows, cols),
    aboveThousandth: aboveThousandth(singularValues),
    stableRank: stableRank(singularValues),
    entropyRank: entropyRank(singularValues),
    title,
    choices,
    rounding,
    compared: [],
    promptRanks: null,
  }
  const result = (more: Partial<RankNumbers>): RankResult => {
    numbers = { ...numbers, ...more }
    return { ...numbers, ...describe(experiment, numbers) }
  }
  yield result({})
  if (Math.min(rows, cols) <= mostCompared) {
    for await (const { label, matrix: other } of comparedWith(experiment, matrix, context)) {
      const values = await inBreaths(singularValueSteps(distinct(other)), `singular values: ${label}`, context)
      yield result({ compared: [...numbers.compared, { label, singularValues: values }] })
    }
  }
  const promptRanks = await promptRanksOf(matrix, numbers, experiment.promptMeanRemoved && title === null, context)
  if (promptRanks !== null) yield result({ promptRanks })
}

/** Values beyond are zero whatever the outputs: a mean that is taken off takes a direction with it. No cliff is there. */
function mostRank({ view, file, promptMeanRemoved }: RankExperiment, { rows, cols }: Matrix): number {
  const most = Math.min(promptMeanRemoved && file === null ? rows - 1 : rows, view === 'centred' ? cols - 1 : cols)
  return Math.max(most, 1)
}

/** By the rule that decides the rank of the whole: above the noise where it is known, else by float64's tolerance. */
async function promptRanksOf(
  matrix: Matrix,
  numbers: RankNumbers,
  meanRemoved: boolean,
  context: ComputeContext,
): Promise<PromptRanks | null> {
  const { rows, cols, singularValues, noiseEdge: edge } = numbers
  if (rows > mostPrompts) return null
  const limit = edge === null ? rankTolerance(singularValues[0]!, rows, cols) : noiseMargin * edge
  const steps = promptRankSteps(matrix, limit, foundRank(numbers), { meanRemoved })
  return inBreaths(steps, 'rank of the first prompts', context)
}

async function outputsOf(experiment: RankExperiment, context: ComputeContext): Promise<Outputs & SourceNumbers> {
  if (experiment.file !== null) return broughtOutputs(experiment, experiment.file, context)
  const outputs = await inBreaths(modelOutputSteps(experiment), 'outputs of the model', context)
  return { ...outputs, title: null, choices: [], rounding: null }
}

function selectRows(a: Matrix, rows: readonly number[]): Matrix {
  const out = zeros(rows.length, a.cols)
  rows.forEach((row, r) => rowOf(out, r).set(rowOf(a, row)))
  return out
}
