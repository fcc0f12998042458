import { inBreaths, type Listening } from '../../engine/inBreaths.ts'
import { roundMatrix } from '../../math/bottleneck/precision.ts'
import type { Matrix } from '../../math/linalg/matrix.ts'
import { precisionOf, type RankExperiment } from './experiment.ts'
import { layers, layerTraits } from './layers.ts'
import { modelOutputSteps } from './outputs.ts'

/** A spectrum to lay under the main one. */
export interface Comparison {
  /** Short enough to stand at the end of its line. */
  readonly label: string
  /** As many as of the main matrix, largest first. */
  readonly singularValues: Float64Array
}

interface Compared {
  readonly label: string
  readonly matrix: Matrix
}

/** Matrices with a longer short side are not compared: four more spectra take longer than a person waits. */
export const mostCompared = 512

const outputPrecisions = ['f64', 'f32', 'bf16', '2-decimals'] as const

/** What the experiment asks to be compared with its matrix, each made when its turn comes; what equals it is left out. */
export async function* comparedWith(
  experiment: RankExperiment,
  matrix: Matrix,
  listening: Listening,
): AsyncGenerator<Compared, void, void> {
  switch (experiment.compare) {
    case 'nothing':
      return
    case 'precisions':
      yield* experiment.file === null ? precisionsOfModel(experiment, listening) : precisionsOfOutputs(matrix)
      return
    case 'layers':
      if (experiment.file === null) yield* layersOfModel(experiment, listening)
  }
}

async function* precisionsOfModel(
  experiment: RankExperiment,
  listening: Listening,
): AsyncGenerator<Compared, void, void> {
  const others: Pick<RankExperiment, 'precision' | 'rounded'>[] = [
    ...outputPrecisions.map((precision) => ({ precision, rounded: 'outputs' as const })),
    { precision: 'int8', rounded: 'weights' },
  ]
  const own = precisionOf(experiment.precision)
  for (const { precision, rounded } of others) {
    const isOwn =
      precision === 'f64' ? own === 'f64' : precision === experiment.precision && rounded === experiment.rounded
    if (isOwn) continue
    const label = rounded === 'outputs' ? labelOf(precision) : `${labelOf(precision)} ${rounded}`
    yield await ofModel(label, { ...experiment, precision, rounded }, listening)
  }
}

/** Of a matrix that somebody brought only the outputs can be rounded. */
function* precisionsOfOutputs(matrix: Matrix): Generator<Compared, void, void> {
  for (const precision of outputPrecisions) {
    const rounded = roundMatrix(matrix, precisionOf(precision))
    if (rounded.values.some((x, i) => x !== matrix.values[i])) yield { label: labelOf(precision), matrix: rounded }
  }
}

const labelOf = (precision: RankExperiment['precision']): string => precision.replace('-', ' ')

async function* layersOfModel(experiment: RankExperiment, listening: Listening): AsyncGenerator<Compared, void, void> {
  for (const layer of layers) {
    if (layer === experiment.layer) continue
    yield await ofModel(layerTraits[layer].short, { ...experiment, layer }, listening)
  }
}

async function ofModel(label: string, experiment: RankExperiment, listening: Listening): Promise<Compared> {
  const { matrix } = await inBreaths(modelOutputSteps(experiment), `outputs: ${label}`, listening)
  return { label, matrix }
}
