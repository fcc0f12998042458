import type { OpenLoops } from '../loops.ts'
import { registryRows } from '../registryRows.ts'
import * as attention from './attention.ts'
import * as layers from './layers.ts'
import * as matrix from './matrix.ts'
import * as optimizers from './optimizers.ts'

/** Plain loops in float64: what every faster engine is compared with. */
export const openFloat64: OpenLoops = async (entries) => ({
  id: 'cpu',
  device: 'TypeScript, float64',
  values: new Float64Array(entries),
  integers: (part) => new Int32Array(part.length),
  causalRows: registryRows,
  ...matrix,
  ...attention,
  ...layers,
  ...optimizers,
})
