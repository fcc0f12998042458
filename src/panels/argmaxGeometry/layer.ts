import { counted } from '../../math/counted.ts'
import { OutputTokens } from '../../math/bottleneck/outputTokens.ts'
import { portableNormals } from '../../math/bottleneck/portableNormals.ts'
import { unitRows, voronoiBias } from '../../math/bottleneck/prevention.ts'
import { ShapeError } from '../../math/errors.ts'
import { fromRows, type Matrix } from '../../math/linalg/matrix.ts'
import type { ComputeContext } from '../contract.ts'
import { readMatrix, type MatrixLimit, type MatrixOffer } from '../matrixSource.ts'
import { mostEntries, type ArgmaxGeometryExperiment } from './experiment.ts'

/** Of a layer in a file. */
export const layerLimit: MatrixLimit = { entries: mostEntries, shortSide: 4096, leastColumns: 1 }

/** An output layer z = W h + b as it stands after the cure. */
export interface Layer {
  readonly tokens: OutputTokens
  /** Where it comes from, in words. */
  readonly title: string
  /** What the file has to offer; empty without a file. */
  readonly choices: readonly MatrixOffer[]
}

/** The random rows of an experiment, the same on every machine. */
export const randomRows = ({ seed, vocabulary, d }: ArgmaxGeometryExperiment): Matrix =>
  portableNormals(seed, vocabulary, d)

/** The biases before a cure; null for none. */
export function biasesOf({ b, biasSeed }: ArgmaxGeometryExperiment, count: number): Float64Array | null {
  if (b !== null) return Float64Array.from(b)
  return biasSeed === null ? null : portableNormals(biasSeed, 1, count).values
}

/**
 * The layer that an experiment describes.
 * @throws an error that says what is wrong with a matrix that was brought, and what to do
 */
export async function layerOf(experiment: ArgmaxGeometryExperiment, find: ComputeContext['file']): Promise<Layer> {
  const { file, W, vocabulary, d, cure } = experiment
  const brought = file === null ? null : await readMatrix(experiment, file, find, layerLimit)
  const rows = brought ?? (W === null ? randomRows(experiment) : fromRows(W))
  const bias = biasesOf(experiment, rows.rows)
  if (bias !== null && bias.length !== rows.rows)
    throw new ShapeError(
      `b has ${counted(bias.length, 'bias', 'biases')} for the ${rows.rows} tokens of ${brought?.name}; give one a token.`,
    )
  const size = `${rows.rows.toLocaleString('en-US')} tokens in ${rows.cols} dimensions`
  const part = brought?.tensor === null || brought === null ? '' : `, ${brought.tensor}`
  const title = brought
    ? `${brought.name}${part} (${brought.dtype}): ${size}`
    : `${W === null ? `${vocabulary.toLocaleString('en-US')} random tokens in ${d} dimensions` : size}`
  return { tokens: cured(rows, bias, cure), title, choices: brought?.choices ?? [] }
}

function cured(rows: Matrix, bias: Float64Array | null, cure: ArgmaxGeometryExperiment['cure']): OutputTokens {
  if (cure === 'unit-norm') return new OutputTokens(unitRows(rows), null)
  return new OutputTokens(rows, cure === 'voronoi-bias' ? voronoiBias(rows) : bias)
}
