import { normalizers } from '../../math/normalizers/index.ts'
import { definePanel } from '../contract.ts'
import { defaults, fitsInFrame, schema } from './experiment.ts'
import { presets } from './presets.ts'

export const activationsPanel = definePanel({
  id: 'activations',
  title: 'activations',
  summary: 'Drag a bar, or focus it and use the arrow keys.',
  version: 1,
  sources: normalizers.map(({ sources }) => sources[0]),
  schema,
  defaults,
  presets,
  fitsInFrame,
  compute: () => import('./compute.ts').then(({ compute }) => compute),
  view: () => import('./View.tsx').then(({ View }) => View),
})
