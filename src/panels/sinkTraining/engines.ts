import { normalizerById } from '../../math/normalizers/index.ts'
import type { TransformerConfig } from '../../models/transformer/config.ts'
import { openFloat64 } from '../../models/transformer/float64/openFloat64.ts'
import type { OpenLoops } from '../../models/transformer/loops.ts'
import { openTransformer, type Transformer } from '../../models/transformer/Transformer.ts'
import { openWasm } from '../../models/transformer/wasm/openWasm.ts'
import { defaultBackcopy } from '../../models/tasks/backcopy.ts'
import type { NormalizerSetting, SinkTrainingExperiment } from './experiment.ts'

type EngineId = 'wasm' | 'cpu'

interface TrainingEngine {
  readonly id: EngineId
  readonly open: OpenLoops
  /** About how many operations it does in the time between two breaths. */
  readonly breathful: number
}

const engines: readonly TrainingEngine[] = [
  { id: 'wasm', open: openWasm, breathful: 8e7 },
  { id: 'cpu', open: openFloat64, breathful: 8e6 },
]

/** What one engine was found to do. */
export interface EngineFinding {
  readonly id: EngineId
  /** Of a small part of one step; null if it was not timed. */
  readonly milliseconds: number | null
  /** Why it cannot run here, or null. */
  readonly reason: string | null
}

export interface Choice {
  readonly engine: TrainingEngine
  readonly findings: readonly EngineFinding[]
}

export function configOf(experiment: SinkTrainingExperiment, { id, params }: NormalizerSetting): TransformerConfig {
  const { length, width, heads, layers, mlp, positions } = experiment
  const hidden = mlp ? 4 * width : 0
  const { vocabulary } = defaultBackcopy
  return { vocabulary, length, width, heads, layers, hidden, positions, normalizer: normalizerById(id)!, params }
}

/** Opens the engine that the experiment names, or times those there are on a small part of its first model. */
export async function chooseEngine(experiment: SinkTrainingExperiment): Promise<Choice> {
  const named = engines.find(({ id }) => id === experiment.engine)
  if (named) return { engine: named, findings: [{ id: named.id, milliseconds: null, reason: null }] }
  const config = configOf(experiment, experiment.normalizers[0]!)
  const small = { ...config, length: Math.min(config.length, 16), layers: 1 }
  const findings: EngineFinding[] = []
  for (const { id, open } of engines) findings.push({ id, ...(await timed(small, open)) })
  const time = ({ id }: TrainingEngine) => findings.find((found) => found.id === id)?.milliseconds ?? Infinity
  return { engine: engines.reduce((best, each) => (time(each) < time(best) ? each : best)), findings }
}

/** The best of three, so that a pause of the machine does not decide. */
async function timed(
  config: TransformerConfig,
  open: OpenLoops,
): Promise<Pick<EngineFinding, 'milliseconds' | 'reason'>> {
  const model = await openTransformer(config, open, 1)
  if ('reason' in model) return { milliseconds: null, reason: model.reason }
  let best = Infinity
  for (let round = 0; round < 4; round++) {
    const start = performance.now()
    model.forward(1)
    model.loss(1, 1)
    model.backward(1)
    if (round > 0) best = Math.min(best, performance.now() - start)
  }
  return { milliseconds: best, reason: null }
}

/** A model whose parts of a batch are over within a breath, if one sequence is. */
export async function openModel(
  config: TransformerConfig,
  { id, open, breathful }: TrainingEngine,
): Promise<Transformer> {
  const { length, width, layers, hidden, vocabulary } = config
  const weights = layers * (4 * width * width + 2 * width * hidden + length * width) + width * vocabulary
  const sequences = Math.min(Math.floor(breathful / (6 * weights * length)), Math.ceil(256 / length))
  const model = await openTransformer(config, open, Math.max(1, sequences))
  if ('reason' in model) throw new Error(`sink-training: the engine ${id} cannot be had: ${model.reason}`)
  return model
}
