import { breathe, breathEvery } from '../../engine/breathe.ts'
import type { ParamValues } from '../../math/normalizers/params.ts'
import { initialise, initialisationById } from '../../models/transformer/initialise.ts'
import { transformerOptimizerById } from '../../models/transformer/optimizers.ts'
import { Trainer } from '../../models/transformer/Trainer.ts'
import type { Compute, PanelResult } from '../contract.ts'
import { described } from './describe.ts'
import { chooseEngine, configOf, openModel, type Choice, type EngineFinding } from './engines.ts'
import type { NormalizerSetting, SinkTrainingExperiment } from './experiment.ts'
import { firstMaps, Measure, uniformAlpha0, type StepReading } from './measure.ts'
import { evaluationSequences, setUp, type SeedSetup } from './task.ts'

/** One model, from its seed and its normalizer. */
export interface SinkRun {
  /** Id in the registry, and the parameters it has or starts from. */
  readonly normalizer: string
  readonly params: ParamValues
  readonly seed: number
  readonly engine: EngineFinding['id']
  /** Wall time of training alone, without measuring. */
  readonly msPerStep: number
  readonly steps: readonly StepReading[]
  /** Attention of one sequence at each recorded step, [layers, heads, T, T]; of the first seed only. */
  readonly maps: readonly Float32Array[]
  /** Why it stopped before its last step, or null. */
  readonly stopped: string | null
}

export interface SinkTrainingResult extends PanelResult {
  readonly runs: readonly SinkRun[]
  /** The sequence whose maps are kept: token ids (0 BOS, 1 to 3 triggers), and which are triggers. */
  readonly sequence: { readonly tokens: readonly number[]; readonly triggers: readonly boolean[] }
  /** What α₀ is for attention that is spread evenly. */
  readonly uniformAlpha0: number
  readonly evaluationSequences: number
  /** What was found of each engine before the first step. */
  readonly engines: readonly EngineFinding[]
}

/** A run at work. */
interface Training {
  readonly setting: NormalizerSetting
  readonly trainer: Trainer
  readonly measure: Measure
  readonly steps: StepReading[]
  readonly maps: Float32Array[]
  milliseconds: number
  stopped: string | null
}

export const compute: Compute<SinkTrainingExperiment, SinkTrainingResult> = async function* (experiment, context) {
  const { seeds, steps, recordEvery, length, batch: size } = experiment
  const pace = pacer(context.signal)
  const choice = await chooseEngine(experiment)
  const first = setUp(seeds[0]!, length)
  const finished: SinkRun[] = []
  for (const [index, seed] of seeds.entries()) {
    const setup = index === 0 ? first : setUp(seed, length)
    const trainings = await Promise.all(
      experiment.normalizers.map((setting) => openTraining(experiment, setting, setup, choice)),
    )
    const batch = new Int32Array(size * (length + 1))
    for (let step = 0; step <= steps; step++) {
      const going = trainings.filter(({ stopped }) => stopped === null)
      if (step % recordEvery === 0 || step === steps) {
        for (const training of going) await record(training, step, index === 0, pace)
        context.progress((index + step / steps) / seeds.length, `seed ${seed}, step ${step} of ${steps}`)
        yield resultOf([...finished, ...trainings.map((each) => runOf(each, seed, choice))])
        // What the yield took is no part of a step.
        await pace()
      }
      if (step === steps || going.length === 0) break
      setup.drawBatch(batch)
      for (const training of going) await trainOnce(training, batch, size, pace)
    }
    finished.push(...trainings.map((each) => runOf(each, seed, choice)))
  }
  yield resultOf(finished)

  function resultOf(runs: readonly SinkRun[]): SinkTrainingResult {
    const { tokens, triggers } = first
    const uniform = uniformAlpha0(length)
    return {
      ...described(runs, uniform),
      runs,
      sequence: { tokens, triggers },
      uniformAlpha0: uniform,
      evaluationSequences,
      engines: choice.findings,
    }
  }
}

/** Lets signals in once the time between two breaths is over. @throws AbortError */
function pacer(signal: AbortSignal): () => Promise<void> {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < breathEvery) return
    await breathe()
    signal.throwIfAborted()
    last = performance.now()
  }
}

async function openTraining(
  experiment: SinkTrainingExperiment,
  setting: NormalizerSetting,
  setup: SeedSetup,
  { engine }: Choice,
): Promise<Training> {
  const model = await openModel(configOf(experiment, setting), engine)
  initialise(model, initialisationById(experiment.initialisation)!, setup.weights())
  return {
    setting,
    trainer: new Trainer(model, transformerOptimizerById(experiment.optimizer)!, experiment),
    measure: new Measure(setup, model, experiment.epsilon),
    steps: [],
    maps: [],
    milliseconds: 0,
    stopped: null,
  }
}

/** One step, a part of the batch at a time. */
async function trainOnce(
  training: Training,
  batch: Int32Array,
  size: number,
  pace: () => Promise<void>,
): Promise<void> {
  const { trainer } = training
  const { capacity } = trainer.model
  for (let from = 0; from < size; from += capacity) {
    await pace()
    const start = performance.now()
    trainer.learn(batch, size, from, Math.min(capacity, size - from))
    training.milliseconds += performance.now() - start
  }
  const start = performance.now()
  const loss = trainer.move()
  training.milliseconds += performance.now() - start
  if (!Number.isFinite(loss)) training.stopped = diverged(trainer.step)
}

async function record(training: Training, step: number, keepMaps: boolean, pace: () => Promise<void>): Promise<void> {
  const { trainer, measure } = training
  const { capacity } = trainer.model
  let maps: Float32Array | null = null
  for (let from = 0; from < evaluationSequences; from += capacity) {
    await pace()
    measure.add(trainer.model, from, Math.min(capacity, evaluationSequences - from))
    if (from === 0 && keepMaps) maps = firstMaps(trainer.model)
  }
  const reading = measure.finish(step, trainer.model)
  if (!Number.isFinite(reading.loss)) {
    training.stopped = diverged(step)
    return
  }
  training.steps.push(reading)
  if (maps) training.maps.push(maps)
}

const diverged = (step: number) => `The loss left the range of numbers at step ${step}: lower the learning rate.`

function runOf({ setting, trainer, steps, maps, milliseconds, stopped }: Training, seed: number, { engine }: Choice) {
  const msPerStep = milliseconds / Math.max(1, trainer.step)
  const { id: normalizer, params } = setting
  return { normalizer, params, seed, engine: engine.id, msPerStep, steps: [...steps], maps: [...maps], stopped }
}
