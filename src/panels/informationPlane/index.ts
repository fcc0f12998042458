import { definePanel } from '../contract.ts'
import { defaults, schema, type InformationPlaneExperiment } from './experiment.ts'
import { presets } from './presets.ts'
import type { InformationPlaneResult } from './result.ts'

export const informationPlanePanel = definePanel<InformationPlaneExperiment, InformationPlaneResult>({
  id: 'information-plane',
  title: 'The information plane',
  summary: 'Train a network and watch each layer move; then change the estimator and see the verdict change.',
  version: 1,
  sources: [
    {
      cite: 'Shwartz-Ziv & Tishby 2017',
      title: 'Opening the black box of deep neural networks via information',
      where: 'arXiv:1703.00810',
    },
    {
      cite: 'Saxe et al. 2018',
      title: 'On the information bottleneck theory of deep learning',
      where: 'doi:10.1088/1742-5468/ab3985',
    },
  ],
  schema,
  defaults,
  presets,
  viewOnly: { fields: ['epoch', 'layer'], describe: async () => (await import('./describe.ts')).describe },
  fitsInFrame: () => false,
  compute: async () => (await import('./compute.ts')).compute,
  view: async () => (await import('./View.tsx')).View,
})
