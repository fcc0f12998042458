import type { Preset } from '../contract.ts'
import { settingOf } from '../normalizerSetting.ts'
import { defaults, ownModels, ownText, type AttentionExperiment } from './experiment.ts'

const { text: _, ...plain } = defaults
const own = { ...plain, text: ownText }

export const presets: readonly Preset<AttentionExperiment>[] = [
  { label: 'our toy with softmax: a sink', experiment: own },
  { label: 'its twin with softpick: none', experiment: { ...own, model: ownModels.softpick } },
  { label: 'softmax weights, softpick put in', experiment: { ...own, normalizer: settingOf('softpick') } },
  { label: 'the first token removed', experiment: { ...own, first: 'removed' } },
]
