import type { Preset } from '../contract.ts'
import type { ApiLeakExperiment } from './experiment.ts'

export const presets: readonly Preset<ApiLeakExperiment>[] = [
  { label: 'open API, 7 decimals', experiment: { guards: [], decimals: 7, top: 5, bias: 30, formula: 'anchored' } },
  { label: 'the formula that cancels', experiment: { guards: [], decimals: 7, top: 5, bias: 20, formula: 'batch' } },
  { label: 'every digit', experiment: { guards: [], decimals: null, top: 5, bias: 30, formula: 'anchored' } },
  { label: 'names of tokens alone', experiment: { guards: ['names-only'], formula: 'anchored' } },
  { label: 'noise', experiment: { guards: ['noise'], formula: 'anchored' } },
  { label: 'a larger model', experiment: { vocabulary: 600, hidden: 32, outputs: 44, asked: [0], collected: 0 } },
]
