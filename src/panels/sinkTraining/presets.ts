import type { Preset } from '../contract.ts'
import { settingsOf, type SinkTrainingExperiment } from './experiment.ts'

export const presets: readonly Preset<SinkTrainingExperiment>[] = [
  { label: 'softmax and softpick', experiment: { normalizers: settingsOf('softmax', 'softpick') } },
  { label: 'sparse, with a sink', experiment: { normalizers: settingsOf('softmax', 'sparsemax', 'entmax') } },
  {
    label: 'rows that may be empty',
    experiment: { normalizers: settingsOf('softmax', 'softpick', 'sigmoid', 'relu-n') },
  },
  { label: 'off by one: either way', experiment: { normalizers: settingsOf('softmax', 'softmax-n', 'sink') } },
  { label: 'five seeds', experiment: { seeds: [0, 1, 2, 3, 4] } },
  { label: 'with an MLP', experiment: { mlp: true } },
  { label: 'rotary, 150 steps', experiment: { mlp: true, positions: 'rotary', steps: 150 } },
  { label: 'another start: either way', experiment: { initialisation: 'mid' } },
  { label: 'SGD', experiment: { optimizer: 'sgd', learningRate: 0.3 } },
]
