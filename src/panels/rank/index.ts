import { definePanel } from '../contract.ts'
import { defaults, presets, schema, type RankExperiment } from './experiment.ts'
import type { RankResult } from './result.ts'

export const rankPanel = definePanel<RankExperiment, RankResult>({
  id: 'rank',
  title: 'The rank of the outputs',
  summary: 'Change the hidden size, or round the outputs, and see whether the spectrum still tells it.',
  version: 1,
  sources: [
    {
      cite: 'Yang et al. 2018',
      title: 'Breaking the Softmax Bottleneck: A High-Rank RNN Language Model',
      where: 'arXiv:1711.03953',
    },
    { cite: 'Carlini et al. 2024', title: 'Stealing Part of a Production Language Model', where: 'arXiv:2403.06634' },
    {
      cite: 'Finlayson, Ren & Swayamdipta 2024',
      title: 'Logits of API-Protected LLMs Leak Proprietary Information',
      where: 'arXiv:2403.09539',
    },
  ],
  schema,
  defaults,
  presets,
  viewOnly: { fields: ['directions'], describe: async () => (await import('./describe.ts')).describe },
  fitsInFrame: () => false,
  compute: async () => (await import('./compute.ts')).compute,
  view: async () => (await import('./View.tsx')).View,
})
