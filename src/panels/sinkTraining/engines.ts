import type { RungId } from '../../engine/contract.ts'
import { rng } from '../../math/random/rng.ts'
import type { TransformerConfig } from '../../models/transformer/config.ts'
import { engineSources, type EngineId, type ModelSetup, type OpenEngine } from '../../models/transformer/engines.ts'
import { firstParameters, initialisationById } from '../../models/transformer/initialise.ts'
import { transformerOptimizerById } from '../../models/transformer/optimizers.ts'
import type { SinkTrainingExperiment } from './experiment.ts'
import { configOf } from './modelConfig.ts'

/** What one engine was found to do. */
export interface EngineFinding {
  readonly id: EngineId
  readonly device: string | null
  /** Of a small part of a step, where engines were compared; null if it was not timed. */
  readonly milliseconds: number | null
  /** Why it is not used, or was not timed; null if there is nothing to say. */
  readonly reason: string | null
}

export interface Choice {
  readonly engine: OpenEngine
  readonly findings: readonly EngineFinding[]
}

export function setupOf(
  experiment: SinkTrainingExperiment,
  config: TransformerConfig,
  weights: () => number,
): ModelSetup {
  const { learningRate, weightDecay, batch, optimizer, initialisation } = experiment
  return {
    config,
    parameters: firstParameters(config, initialisationById(initialisation)!, weights),
    optimizer: transformerOptimizerById(optimizer)!,
    settings: { learningRate, weightDecay },
    batch,
  }
}

/**
 * Opens the engine that the experiment names, else the one that a person chose for the page, else the fastest of those
 * that time themselves on its first model.
 * @throws the reason, if the engine that the experiment names cannot be had or cannot run a normalizer
 */
export async function chooseEngine(experiment: SinkTrainingExperiment, page: RungId | 'auto'): Promise<Choice> {
  if (experiment.engine !== 'auto') return named(experiment, experiment.engine)
  if (page === 'auto') return fastest(experiment)
  const preferred = await opening(experiment, page)
  if (!('reason' in preferred)) return chosen(preferred)
  const { engine, findings } = await fastest(experiment)
  const why = {
    id: page,
    device: null,
    milliseconds: null,
    reason: `${preferred.reason}, though the page was told to use it`,
  }
  return { engine, findings: [...findings.filter(({ id }) => id !== page || id === engine.id), why] }
}

async function fastest(experiment: SinkTrainingExperiment): Promise<Choice> {
  const found = [await compared(experiment, 'wasm'), await compared(experiment, 'cpu')]
  const time = ({ finding }: (typeof found)[number]) => finding.milliseconds ?? Infinity
  const best = found.reduce((fastest, each) => (time(each) < time(fastest) ? each : fastest))
  const findings = found.map(({ finding }) => finding)
  if (!best.engine) throw new Error(`sink-training: no engine runs here: ${best.finding.reason}`)
  if (expected(experiment) < worthAGpu)
    return { engine: best.engine, findings: [...findings, unasked('a step this small is over before a GPU has begun')] }
  const { engine, finding } = await rival(experiment, best.engine)
  return { engine, findings: [...findings, finding] }
}

/** The loops alone, once the GPU has failed; what was found of the others stays. */
export async function withoutGpu(experiment: SinkTrainingExperiment, before: Choice, reason: string): Promise<Choice> {
  const { engine } = await named(experiment, 'wasm')
  const lost = (finding: EngineFinding) => (finding.id === 'webgpu' ? { ...finding, reason } : finding)
  return { engine, findings: before.findings.map(lost) }
}

/** Operations of a step from which a GPU may win: its dispatches alone take some 5 to 10 ms, as 10⁸ in WASM do. */
const worthAGpu = 3e8

function expected({ batch, length, width, layers, mlp }: SinkTrainingExperiment): number {
  const products = layers * ((mlp ? 12 : 4) * width * width + length * width)
  return 6 * batch * length * products
}

const unasked = (reason: string): EngineFinding => ({ id: 'webgpu', device: null, milliseconds: null, reason })

async function named(experiment: SinkTrainingExperiment, id: EngineId): Promise<Choice> {
  const engine = await opening(experiment, id)
  if ('reason' in engine) throw new Error(`sink-training: ${engine.reason}`)
  return chosen(engine)
}

const chosen = (engine: OpenEngine): Choice => ({
  engine,
  findings: [{ id: engine.id, device: engine.device, milliseconds: null, reason: null }],
})

/** An engine that runs all of the experiment's models, or why not. */
async function opening(
  experiment: SinkTrainingExperiment,
  id: EngineId,
): Promise<OpenEngine | { readonly reason: string }> {
  const engine = await engineSources[id]()
  if ('reason' in engine) return { reason: `${id} cannot be had: ${engine.reason}` }
  const refusals = experiment.normalizers.map((setting) => engine.refuses(configOf(experiment, setting)))
  const refusal = refusals.find((reason) => reason !== null)
  if (refusal === undefined) return engine
  engine.dispose()
  return { reason: `${id} cannot run this: ${refusal}` }
}

/** An engine's time for one short sequence through one layer: the loops keep their order at any size. */
async function compared(experiment: SinkTrainingExperiment, id: EngineId) {
  const engine = await engineSources[id]()
  if ('reason' in engine)
    return { engine: null, finding: { id, device: null, milliseconds: null, reason: engine.reason } }
  const config = configOf(experiment, experiment.normalizers[0]!)
  const small = { ...config, length: Math.min(config.length, 16), layers: 1 }
  const milliseconds = await stepTime({ ...experiment, batch: 1 }, small, engine)
  return { engine, finding: { id, device: engine.device, milliseconds, reason: null } }
}

/** A GPU against the best of the loops, on whole steps. An emulated one is not even timed. */
async function rival(experiment: SinkTrainingExperiment, loops: OpenEngine) {
  const gpu = await engineSources.webgpu()
  if ('reason' in gpu) return { engine: loops, finding: unasked(gpu.reason) }
  const configs = experiment.normalizers.map((setting) => configOf(experiment, setting))
  const refusal = gpu.software
    ? `${gpu.device} loses to ${loops.device}`
    : (configs.map((config) => gpu.refuses(config)).find((reason) => reason !== null) ?? null)
  const [own, other] =
    refusal === null
      ? [await stepTime(experiment, configs[0]!, gpu), await stepTime(experiment, configs[0]!, loops)]
      : [null, 0]
  const finding = { id: gpu.id, device: gpu.device, milliseconds: own, reason: refusal }
  if (own !== null && own < other) return { engine: gpu, finding }
  gpu.dispose()
  return { engine: loops, finding }
}

/** The best of three steps, so that a pause of the machine does not decide; one goes before, to compile. */
async function stepTime(
  experiment: SinkTrainingExperiment,
  config: TransformerConfig,
  engine: OpenEngine,
): Promise<number> {
  const { batch } = experiment
  const model = await engine.openModel(setupOf(experiment, config, rng(0)))
  const tokens = new Int32Array(batch * (config.length + 1))
  let best = Infinity
  for (let round = 0; round < 4; round++) {
    const start = performance.now()
    for (let from = 0; from < batch; from += model.capacity)
      model.learn(tokens, batch, from, Math.min(model.capacity, batch - from))
    await model.settled()
    if (round > 0) best = Math.min(best, performance.now() - start)
  }
  model.dispose()
  return best
}
