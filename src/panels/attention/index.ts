import { definePanel } from '../contract.ts'
import { defaults, schema } from './experiment.ts'
import { presets } from './presets.ts'

export const attentionPanel = definePanel({
  id: 'attention',
  title: 'Attention of real weights',
  summary: 'Drop a model and write a text: see where each head looks, and whether the first token is a sink.',
  version: 1,
  sources: [
    {
      cite: 'Gu et al. 2024',
      title: 'When Attention Sink Emerges in Language Models: An Empirical View',
      where: 'arXiv:2410.10781',
    },
    { cite: 'Sun et al. 2024', title: 'Massive Activations in Large Language Models', where: 'arXiv:2402.17762' },
    {
      cite: 'Guo et al. 2024',
      title: 'Active-Dormant Attention Heads: Mechanistically Demystifying Extreme-Token Phenomena in LLMs',
      where: 'arXiv:2410.13835',
    },
  ],
  schema,
  defaults,
  presets,
  viewOnly: { fields: ['layer', 'head', 'epsilon'], describe: async () => (await import('./describe.ts')).describe },
  arrays: { attention: 'the maps, shape [layers, heads, T, T], float32' },
  fitsInFrame: () => false,
  compute: async () => (await import('./compute.ts')).compute,
  view: async () => (await import('./View.tsx')).View,
})
