import type { Preset } from '../contract.ts'
import { defaults, settingsOf, type InformationPlaneExperiment } from './experiment.ts'

const { activation, batch, epochs, learningRate, optimizer, gain, l2, noise } = defaults
/** What a preset may change; each sets all of it, so that none leaves a trace in the next. */
const plain = { activation, batch, epochs, learningRate, optimizer, gain, l2, noise, seeds: [0] }

/** Networks worth a first look. */
export const presets: readonly Preset<InformationPlaneExperiment>[] = [
  { label: 'tanh: fitting, then compression', experiment: { ...plain, estimators: settingsOf('bin-fixed') } },
  {
    label: 'ReLU: four estimators, four verdicts',
    experiment: {
      ...plain,
      activation: 'relu',
      seeds: [7],
      estimators: settingsOf('bin-fixed', 'bin-width', 'ebab', 'kde-upper'),
    },
  },
  {
    label: 'a linear network that “compresses”',
    experiment: { ...plain, activation: 'linear', learningRate: 0.05, epochs: 200, estimators: settingsOf('ebab') },
  },
  {
    label: 'five seeds',
    experiment: { ...plain, seeds: [0, 1, 2, 3, 4], epochs: 150, estimators: settingsOf('bin-fixed') },
  },
  {
    label: 'full batch, Adam',
    experiment: { ...plain, optimizer: 'adam', learningRate: 0.02, batch: 0, epochs: 1500 },
  },
]
