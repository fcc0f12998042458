import type { OpenLoops } from '../loops.ts'
import { registryRows } from '../registryRows.ts'
import { mix, mixBack, rotate, scores } from './attention.ts'
import { crossEntropy, embed, embedBack, layerNorm, layerNormBack, relu, reluBack } from './layers.ts'
import { project, projectBack, weightBack } from './matrix.ts'
import { adamw, sgd } from './optimizers.ts'

const attention = { scores, mix, mixBack, rotate, causalRows: registryRows }
const layers = { layerNorm, layerNormBack, relu, reluBack, crossEntropy, embed, embedBack }

/** Plain loops in float64: what every faster engine is compared with. */
export const openFloat64: OpenLoops = async (entries) => ({
  id: 'cpu',
  device: 'TypeScript, float64',
  values: new Float64Array(entries),
  integers: (part) => new Int32Array(part.length),
  project,
  projectBack,
  weightBack,
  adamw,
  sgd,
  ...attention,
  ...layers,
})
