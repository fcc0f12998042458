import type { Preset } from '../contract.ts'
import { settingOf } from '../normalizerSetting.ts'
import type { SinkTrainingExperiment } from './experiment.ts'

export const presets: readonly Preset<SinkTrainingExperiment>[] = [
  { label: 'softmax and softpick', experiment: { normalizers: ['softmax', 'softpick'].map(settingOf) } },
  { label: 'sparse, with a sink', experiment: { normalizers: ['softmax', 'sparsemax', 'entmax'].map(settingOf) } },
  {
    label: 'rows that may be empty',
    experiment: { normalizers: ['softmax', 'softpick', 'sigmoid', 'relu-n'].map(settingOf) },
  },
  { label: 'off by one: either way', experiment: { normalizers: ['softmax', 'softmax-n', 'sink'].map(settingOf) } },
  { label: 'five seeds', experiment: { seeds: [0, 1, 2, 3, 4] } },
  { label: 'with an MLP', experiment: { mlp: true } },
  { label: 'rotary, 150 steps', experiment: { mlp: true, positions: 'rotary', steps: 150 } },
  { label: 'another start: either way', experiment: { initialisation: 'mid' } },
  { label: 'SGD', experiment: { optimizer: 'sgd', learningRate: 0.3 } },
]
