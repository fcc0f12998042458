import { definePanel } from '../contract.ts'
import { defaults, schema, type ApiLeakExperiment } from './experiment.ts'
import { presets } from './presets.ts'
import type { ApiLeakResult } from './result.ts'

export const apiLeakPanel = definePanel<ApiLeakExperiment, ApiLeakResult>({
  id: 'api-leak',
  title: 'What an API gives away',
  summary: 'Attack an emulated API: read what it hides, count the hidden numbers of its model, recognise it again.',
  version: 1,
  sources: [
    {
      cite: 'Finlayson, Ren & Swayamdipta 2024',
      title: 'Logits of API-protected LLMs leak proprietary information',
      where: 'arXiv:2403.09539',
    },
    {
      cite: 'Carlini et al. 2024',
      title: 'Stealing part of a production language model',
      where: 'arXiv:2403.06634',
    },
  ],
  schema,
  defaults,
  presets,
  viewOnly: {
    fields: ['step', 'asked', 'truth', 'collected', 'rebuilt', 'suspect', 'price'],
    describe: async () => (await import('./describe.ts')).describe,
  },
  arrays: {
    recovered: 'outputs that the attacker recovered, shape [outputs, vocabulary], float64',
    rebuilt: 'the held-out output as rebuilt after each number of outputs, shape [outputs, vocabulary], float64',
  },
  fitsInFrame: () => false,
  compute: async () => (await import('./compute.ts')).compute,
  view: async () => (await import('./View.tsx')).View,
})
