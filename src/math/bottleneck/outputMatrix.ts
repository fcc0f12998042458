import { DomainError } from '../errors.ts'
import { sliceRows, zeros, type Matrix } from '../linalg/matrix.ts'
import { multiplyTransposed } from '../linalg/products.ts'
import { resultOf } from '../resultOf.ts'
import { roundingSigma, roundMatrix, type Precision } from './precision.ts'
import type { OutputShape } from './rank.ts'
import {
  addMultiple,
  addToRows,
  centreColumns,
  centreRows,
  layerNorm,
  logProbabilities,
  probabilities,
  rmsNorm,
  softCap,
} from './views.ts'

/** A model's last layer and the hidden states that prompts give it. */
export interface OutputLayer {
  /** W, shape [V, d]. */
  readonly weights: Matrix
  /** H, shape [n, d]. */
  readonly hidden: Matrix
  /** b, shape [V], or null. */
  readonly bias: Float64Array | null
  readonly norm: OutputShape['norm']
  /** Of the norm, shape [d]. */
  readonly gain: Float64Array
  readonly shift: Float64Array
  /** Divides the logits. */
  readonly temperature: number
  /** c of c · tanh(z / c), or null. */
  readonly cap: number | null
  readonly view: OutputShape['view']
  readonly rounding: { readonly where: 'weights' | 'hidden' | 'outputs'; readonly precision: Precision } | null
  /** Standard deviation, and standard normal numbers of shape [n, V]. */
  readonly noise: { readonly sigma: number; readonly normals: Matrix } | null
  readonly promptMeanRemoved: boolean
}

export interface Outputs {
  /** What an observer sees, shape [n, V]. */
  readonly matrix: Matrix
  /** Standard deviation of the errors in its entries, from noise or rounded outputs; null if there are none. */
  readonly sigma: number | null
}

/** Hidden states, shape [n, d], and weights, as they are stored, to logits or log-probabilities, shape [n, V]. */
export type LogitsOf = (layer: OutputLayer, hidden: Matrix, weights: Matrix) => Matrix

/** H Wᵀ with bias, temperature and cap. */
export const linearLogits: LogitsOf = ({ bias, temperature, cap }, hidden, weights) => {
  const product = addToRows(multiplyTransposed(hidden, weights), bias)
  const logits = { ...product, values: product.values.map((z) => z / temperature) }
  return cap === null ? logits : softCap(logits, cap)
}

/**
 * What an observer sees of a model after its hidden states: norm, output layer, view, rounding, noise.
 * @throws DomainError if a number is beyond the range of the format that it is rounded to
 * O(n V d)
 */
export const outputMatrix = (layer: OutputLayer): Outputs => resultOf(outputMatrixSteps(layer))

/**
 * {@link outputMatrix} in steps of a few milliseconds, or of one row where that takes longer. Yields the fraction done.
 * @param logitsOf  the output layer; what it makes of a row does not depend on the other rows
 */
export function* outputMatrixSteps(
  layer: OutputLayer,
  logitsOf: LogitsOf = linearLogits,
): Generator<number, Outputs, void> {
  const { rounding, noise } = layer
  const roundAt = (where: string, a: Matrix) =>
    rounding?.where === where ? roundedWithin(where, a, rounding.precision) : a
  const hidden = roundAt('hidden', normalised(layer))
  const logits = yield* logitsOfRows(layer, hidden, roundAt('weights', layer.weights), logitsOf)
  const seen = viewOf(logits, layer.view)
  yield 1
  const rounded = roundAt('outputs', seen)
  yield 1
  const noisy = noise === null ? rounded : addMultiple(rounded, noise.normals, noise.sigma)
  yield 1
  const roundedBy = rounding?.where === 'outputs' ? roundingSigma(seen, rounding.precision) : 0
  const sigma = Math.hypot(roundedBy, noise?.sigma ?? 0)
  return {
    matrix: layer.promptMeanRemoved ? centreColumns(noisy) : noisy,
    sigma: sigma === 0 ? null : sigma,
  }
}

function roundedWithin(what: string, a: Matrix, precision: Precision): Matrix {
  const rounded = roundMatrix(a, precision)
  const at = rounded.values.indexOf(Infinity) + 1 || rounded.values.indexOf(-Infinity) + 1
  if (at === 0) return rounded
  const format = typeof precision === 'object' ? `${precision.decimals} decimals` : precision
  throw new DomainError(
    `outputMatrix: ${what} of ${a.values[at - 1]!.toPrecision(3)} are beyond the range of ${format}; round to another precision, or make them smaller`,
  )
}

/** Products of numbers in a step: about a millisecond of them, for each part of a mixture. */
const productsAtOnce = 5e5

function* logitsOfRows(
  layer: OutputLayer,
  hidden: Matrix,
  weights: Matrix,
  logitsOf: LogitsOf,
): Generator<number, Matrix, void> {
  const out = zeros(hidden.rows, weights.rows)
  const rowsAtOnce = Math.ceil(productsAtOnce / weights.values.length)
  for (let r = 0; r < hidden.rows; r += rowsAtOnce) {
    const rows = sliceRows(hidden, r, Math.min(r + rowsAtOnce, hidden.rows))
    out.values.set(logitsOf(layer, rows, weights).values, r * out.cols)
    yield r / hidden.rows
  }
  return out
}

function normalised({ hidden, norm, gain, shift }: OutputLayer): Matrix {
  switch (norm) {
    case 'none':
      return hidden
    case 'rms':
      return rmsNorm(hidden, gain)
    case 'layer':
      return layerNorm(hidden, gain, null)
    case 'layer-shift':
      return layerNorm(hidden, gain, shift)
  }
}

function viewOf(logits: Matrix, view: OutputShape['view']): Matrix {
  switch (view) {
    case 'logits':
      return logits
    case 'log-probabilities':
      return logProbabilities(logits)
    case 'centred':
      return centreRows(logits)
    case 'probabilities':
      return probabilities(logits)
  }
}
