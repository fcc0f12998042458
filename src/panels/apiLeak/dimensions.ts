import type { Pace } from '../../engine/breathe.ts'
import { imageResidual, type OutputImage } from '../../math/bottleneck/outputImage.ts'
import { directionsAbove, recoveryEdge, residualLimit } from '../../math/bottleneck/recoveryNoise.ts'
import { centreRows } from '../../math/bottleneck/views.ts'
import { fromRows, type Matrix } from '../../math/linalg/matrix.ts'
import { norm } from '../../math/linalg/products.ts'
import { singularValueSteps } from '../../math/linalg/singularValues.ts'
import { isWhole, type Attack, type ReadOutput } from './emulation.ts'

/** How many dimensions outputs show. */
export interface Dimensions {
  readonly singularValues: Float64Array
  readonly edge: number
  readonly rank: number
  /** The rank, if there are more outputs than that. */
  readonly found: number | null
  /** Edge over the weakest direction found: how far errors can tilt the image; NaN if none was found. */
  readonly tilt: number
}

const nothing: Dimensions = { singularValues: new Float64Array(), edge: 0, rank: 0, found: null, tilt: NaN }

/** @param rows  whole outputs */
export async function dimensionsOf(rows: readonly Float64Array[], { noise }: Attack, pace: Pace): Promise<Dimensions> {
  const [first] = rows
  if (first === undefined) return nothing
  const s = await spectrumOf(centreRows(fromRows(rows)), pace)
  const edge = recoveryEdge(noise, rows.length, first.length)
  const rank = directionsAbove(s, edge, rows.length, first.length)
  const found = rank > 0 && rank < rows.length ? rank : null
  return { singularValues: s, edge, rank, found, tilt: found === null ? NaN : edge / s[found - 1]! }
}

async function spectrumOf(matrix: Matrix, pace: Pace): Promise<Float64Array> {
  const steps = singularValueSteps(matrix)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    await pace()
  }
}

/** How far an output lies from an image, and how far errors alone would put it. */
export function judged(image: OutputImage, output: ReadOutput, attack: Attack, tilt: number) {
  const row = output.logProbabilities
  if (!isWhole(output)) return { residual: NaN, residualLimit: NaN }
  const size = norm(centreRows(oneRow(row)).values)
  return {
    residual: imageResidual(image, row),
    residualLimit: residualLimit(attack.noise, row.length, size, tilt),
  }
}

const oneRow = (row: Float64Array): Matrix => ({ rows: 1, cols: row.length, values: row })
