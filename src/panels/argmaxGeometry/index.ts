import { definePanel } from '../contract.ts'
import { defaults, schema, type ArgmaxGeometryExperiment } from './experiment.ts'
import { presets } from './presets.ts'
import type { ArgmaxGeometryResult } from './result.ts'

/** Layers up to here are drawn while one drags. */
const most = { tokens: 200, dimensions: 3 }

export const argmaxGeometryPanel = definePanel<ArgmaxGeometryExperiment, ArgmaxGeometryResult>({
  id: 'argmax-geometry',
  title: 'Tokens that can never win',
  summary: 'Drag a token into the hull of the others: no hidden state can make it the most probable one.',
  version: 1,
  sources: [
    {
      cite: 'Demeter, Kimmel & Downey 2020',
      title: 'Stolen Probability: A Structural Weakness of Neural Language Models',
      where: 'arXiv:2005.02433',
    },
    {
      cite: 'Grivas, Bogoychev & Lopez 2022',
      title: 'Low-Rank Softmax Can Have Unargmaxable Classes in Theory but Rarely in Practice',
      where: 'arXiv:2203.06462',
    },
  ],
  schema,
  defaults,
  presets,
  viewOnly: {
    fields: ['token', 'h', 'orbit', 'box', 'names'],
    describe: async () => (await import('./describe.ts')).describe,
  },
  arrays: { winsAt: 'a hidden state at which each token wins, shape [V, d]; NaN for one that never does' },
  fitsInFrame: ({ file, W, vocabulary, d }) =>
    file === null && (W?.length ?? vocabulary) <= most.tokens && (W?.[0]?.length ?? d) <= most.dimensions,
  compute: async () => (await import('./compute.ts')).compute,
  view: async () => (await import('./View.tsx')).View,
})
