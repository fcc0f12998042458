import { definePanel } from '../contract.ts'
import { defaults, schema, type IbCurveExperiment } from './experiment.ts'
import { presets } from './presetJoints.ts'
import type { IbCurveResult } from './result.ts'

export const ibCurvePanel = definePanel<IbCurveExperiment, IbCurveResult>({
  id: 'ib-curve',
  title: 'The exact trade-off',
  summary: 'Change the joint distribution and see how much of x must be kept to know y.',
  version: 1,
  sources: [
    {
      cite: 'Tishby, Pereira & Bialek 1999',
      title: 'The information bottleneck method',
      where: 'arXiv:physics/0004057',
    },
    { cite: 'Strouse & Schwab 2017', title: 'The deterministic information bottleneck', where: 'arXiv:1604.00268' },
    {
      cite: 'Kolchinsky, Tracey & Van Kuyk 2019',
      title: 'Caveats for information bottleneck in deterministic scenarios',
      where: 'arXiv:1808.07593',
    },
    {
      cite: 'Ebrahimi, Chen & Khisti 2024',
      title: 'Minimum entropy coupling with bottleneck',
      where: 'arXiv:2410.21666',
    },
  ],
  schema,
  defaults,
  presets,
  viewOnly: { fields: ['beta', 'view', 'rate'], describe: async () => (await import('./describe.ts')).describe },
  fitsInFrame: () => false,
  compute: async () => (await import('./compute.ts')).compute,
  view: async () => (await import('./View.tsx')).View,
})
