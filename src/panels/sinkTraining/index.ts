import { definePanel } from '../contract.ts'
import type { SinkTrainingResult } from './compute.ts'
import { defaults, schema, type SinkTrainingExperiment } from './experiment.ts'
import { presets } from './presets.ts'

export const sinkTrainingPanel = definePanel<SinkTrainingExperiment, SinkTrainingResult>({
  id: 'sink-training',
  title: 'A sink is born',
  summary: 'Train a small transformer with each normalizer, and watch where its idle tokens look.',
  version: 1,
  sources: [
    {
      cite: 'Guo et al. 2024',
      title: 'Active-Dormant Attention Heads: Mechanistically Demystifying Extreme-Token Phenomena in LLMs',
      where: 'arXiv:2410.13835',
    },
    {
      cite: 'Gu et al. 2024',
      title: 'When Attention Sink Emerges in Language Models: An Empirical View',
      where: 'arXiv:2410.10781',
    },
    {
      cite: 'Zuhri, Fuadi & Aji 2025',
      title: 'Softpick: No Attention Sink, No Massive Activations with Rectified Softmax',
      where: 'arXiv:2504.20966',
    },
  ],
  schema,
  defaults,
  presets,
  viewOnly: { fields: ['step'], describe: async () => (await import('./lookedAt.ts')).describe },
  fitsInFrame: () => false,
  compute: async () => (await import('./compute.ts')).compute,
  view: async () => (await import('./View.tsx')).View,
})
