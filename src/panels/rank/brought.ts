import { breathe } from '../../engine/breathe.ts'
import { inBreaths } from '../../engine/inBreaths.ts'
import type { Outputs } from '../../math/bottleneck/outputMatrix.ts'
import { roundingSigma, type Precision } from '../../math/bottleneck/precision.ts'
import { centreRows, logProbabilities, probabilities } from '../../math/bottleneck/views.ts'
import type { Matrix } from '../../math/linalg/matrix.ts'
import type { ComputeContext } from '../contract.ts'
import { inferPrecisionSteps } from '../inferPrecision.ts'
import { readMatrix, titleOf } from '../matrixSource.ts'
import { precisionOf, type RankExperiment } from './experiment.ts'
import { rankLimit } from './limit.ts'
import type { SourceNumbers } from './result.ts'

/** What an experiment makes of the matrix of its file, and what is known of the rounding of its entries. */
export async function broughtOutputs(
  experiment: RankExperiment,
  reference: string,
  { file, signal, progress }: Pick<ComputeContext, 'file' | 'signal' | 'progress'>,
): Promise<Outputs & SourceNumbers> {
  progress(0, 'reading the matrix')
  const matrix = await readMatrix(experiment, reference, file, rankLimit)
  const title = titleOf(matrix)
  const doing = `rounding of the entries of ${title}`
  // The bar is that of the singular values, and has not begun.
  const listening = { signal, progress: () => progress(0, doing) }
  listening.progress()
  const breath = async () => {
    await breathe()
    signal.throwIfAborted()
  }
  await breath()
  const { view } = experiment
  const inferred = experiment.precision === 'as-stored'
  const precision = inferred
    ? await inBreaths(inferPrecisionSteps(matrix.values, matrix.dtype), doing, listening)
    : precisionOf(experiment.precision)
  await breath()
  const sigma = precision === null || !keepsErrors(view) ? 0 : roundingSigma(matrix, precision)
  await breath()
  return {
    matrix: viewOf(matrix, view),
    sigma: sigma === 0 ? null : sigma,
    title,
    choices: matrix.choices,
    rounding: roundingWords(precision, inferred, view),
  }
}

/** Errors of the entries are errors of the view, as large and as independent; a softmax mixes those of a row. */
const keepsErrors = (view: RankExperiment['view']): boolean => view === 'logits' || view === 'centred'

function roundingWords(precision: Precision | null, inferred: boolean, view: RankExperiment['view']): string {
  if (precision === null) return 'unknown'
  const name = typeof precision === 'object' ? decimalsName(precision.decimals) : names[precision]
  const from = `${name}, ${inferred ? 'inferred from the entries' : 'as you say'}`
  return keepsErrors(view) || precision === 'f64' ? from : `${from}; what it does to ${view} is unknown`
}

const decimalsName = (decimals: number): string => `${decimals} ${decimals === 1 ? 'decimal' : 'decimals'}`
const names = { f64: 'float64', f32: 'float32', f16: 'float16', bf16: 'bfloat16', int8: '8-bit integers' }

/** Logits are the matrix itself. */
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
