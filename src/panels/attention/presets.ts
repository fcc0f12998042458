import type { Preset } from '../contract.ts'
import { settingOf } from '../normalizerSetting.ts'
import { defaults, ownModels, type AttentionExperiment } from './experiment.ts'

export const presets: readonly Preset<AttentionExperiment>[] = [
  { label: 'our toy with softmax: a sink', experiment: defaults },
  { label: 'its twin with softpick: none', experiment: { ...defaults, model: ownModels.softpick } },
  { label: 'softmax weights, softpick put in', experiment: { ...defaults, normalizer: settingOf('softpick') } },
  { label: 'the first token removed', experiment: { ...defaults, first: 'removed' } },
]
