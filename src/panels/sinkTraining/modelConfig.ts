import { normalizerById } from '../../math/normalizers/index.ts'
import { defaultBackcopy } from '../../models/tasks/backcopy.ts'
import { layoutOf, type TransformerConfig } from '../../models/transformer/config.ts'
import type { NormalizerSetting } from '../normalizerSetting.ts'
import type { SinkTrainingExperiment } from './experiment.ts'

type Shape = Pick<SinkTrainingExperiment, 'length' | 'width' | 'layers' | 'heads' | 'mlp' | 'positions'>

/** The model that an experiment trains with one of its normalizers. */
export function configOf(experiment: Shape, { id, params }: NormalizerSetting): TransformerConfig {
  const { length, width, heads, layers, mlp, positions } = experiment
  const hidden = mlp ? 4 * width : 0
  const { vocabulary } = defaultBackcopy
  return { vocabulary, length, width, heads, layers, hidden, positions, normalizer: normalizerById(id)!, params }
}

/** Weights of each model: one number, or from the least to the most. */
export function weightCount(experiment: Shape & Pick<SinkTrainingExperiment, 'normalizers'>): string {
  const counts = experiment.normalizers.map((setting) =>
    layoutOf(configOf(experiment, setting)).reduce((sum, { size }) => sum + size, 0),
  )
  const [least, most] = [Math.min(...counts), Math.max(...counts)].map((count) => count.toLocaleString('en-US'))
  return least === most ? `${least} weights` : `${least} to ${most} weights`
}
