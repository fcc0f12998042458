import { paceFor, type Pace } from '../../engine/breathe.ts'
import { DeviceLostError } from '../../engine/errors.ts'
import type { ParamValues } from '../../math/normalizers/params.ts'
import { uniformImportance } from '../../models/language/metrics.ts'
import type { LiveModel } from '../../models/transformer/live.ts'
import type { Compute, ComputeContext, PanelResult } from '../contract.ts'
import type { NormalizerSetting } from '../normalizerSetting.ts'
import { chooseEngine, setupOf, withoutGpu, type Choice, type EngineFinding } from './engines.ts'
import { evictions, type Evicted } from './eviction.ts'
import type { SinkTrainingExperiment } from './experiment.ts'
import { describe } from './lookedAt.ts'
import { firstMaps, Measure, type StepReading } from './measure.ts'
import { configOf } from './modelConfig.ts'
import { evaluationSequences, setUp, type SeedSetup } from './task.ts'

/** One model, from its seed and its normalizer. */
export interface SinkRun {
  /** Id in the registry, and the parameters it has or starts from. */
  readonly normalizer: string
  readonly params: ParamValues
  readonly seed: number
  readonly engine: EngineFinding['id']
  /** Wall time of training alone, without measuring; 0 before the first step. */
  readonly msPerStep: number
  readonly steps: readonly StepReading[]
  /** Attention of one sequence at each recorded step, [layers, heads, T, T]; of the first seed only. */
  readonly maps: readonly Float32Array[]
  /** Why it stopped before its last step, or null. */
  readonly stopped: string | null
  /** What it does with small caches, once trained; empty before. */
  readonly evicted: readonly Evicted[]
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
  readonly model: LiveModel
  readonly measure: Measure
  readonly steps: StepReading[]
  readonly maps: Float32Array[]
  /** Steps done. */
  done: number
  milliseconds: number
  stopped: string | null
  evicted: readonly Evicted[]
}

export const compute: Compute<SinkTrainingExperiment, SinkTrainingResult> = async function* (experiment, context) {
  const choice = await chooseEngine(experiment, context.engine.status().choice)
  try {
    yield* trained(experiment, context, choice)
  } catch (error) {
    if (!(error instanceof DeviceLostError) || experiment.engine !== 'auto') throw error
    const loops = await withoutGpu(experiment, choice, error.message)
    try {
      yield* trained(experiment, context, loops)
    } finally {
      loops.engine.dispose()
    }
  } finally {
    choice.engine.dispose()
  }
}

async function* trained(
  experiment: SinkTrainingExperiment,
  { signal, progress }: ComputeContext,
  choice: Choice,
): AsyncGenerator<SinkTrainingResult, void, void> {
  const { seeds, steps, recordEvery, length, batch: size } = experiment
  const pace = paceFor(signal)
  const first = setUp(seeds[0]!, length)
  const resultOf = resultMaker(experiment, first, choice)
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
        for (const training of going) await record(training, setup, index === 0, pace)
        progress((index + step / steps) / seeds.length, `seed ${seed}, step ${step} of ${steps}`)
        yield resultOf([...finished, ...trainings.map((each) => runOf(each, seed, choice))])
        await pace()
      }
      if (step === steps || going.length === 0) break
      setup.drawBatch(batch)
      for (const training of going) await trainOnce(training, batch, size, pace)
    }
    for (const training of trainings.filter(({ stopped }) => stopped === null)) {
      progress((index + 1) / seeds.length, `seed ${seed}, evicting the first token`)
      training.evicted = await evictions(
        configOf(experiment, training.setting),
        await training.model.parameters(),
        setup,
        pace,
      )
    }
    finished.push(...trainings.map((each) => runOf(each, seed, choice)))
    for (const { model } of trainings) model.dispose()
  }
  yield resultOf(finished)
}

function resultMaker(experiment: SinkTrainingExperiment, { tokens, triggers }: SeedSetup, { findings }: Choice) {
  const uniform = uniformImportance(experiment.length)
  return (runs: readonly SinkRun[]): SinkTrainingResult => ({
    ...describe(experiment, { runs, uniformAlpha0: uniform }),
    runs,
    sequence: { tokens, triggers },
    uniformAlpha0: uniform,
    evaluationSequences,
    engines: findings,
  })
}

async function openTraining(
  experiment: SinkTrainingExperiment,
  setting: NormalizerSetting,
  setup: SeedSetup,
  { engine }: Choice,
): Promise<Training> {
  const config = configOf(experiment, setting)
  return {
    setting,
    model: await engine.openModel(setupOf(experiment, config, setup.weights())),
    measure: new Measure(setup, config, experiment.epsilon),
    steps: [],
    maps: [],
    done: 0,
    milliseconds: 0,
    stopped: null,
    evicted: [],
  }
}

/** One step, a part of the batch at a time. */
async function trainOnce(training: Training, batch: Int32Array, size: number, pace: Pace): Promise<void> {
  const { model } = training
  for (let from = 0; from < size; from += model.capacity) {
    await pace()
    const start = performance.now()
    model.learn(batch, size, from, Math.min(model.capacity, size - from))
    training.milliseconds += performance.now() - start
  }
  const start = performance.now()
  const loss = model.move()
  training.milliseconds += performance.now() - start
  training.done += 1
  if (loss !== null && !Number.isFinite(loss)) training.stopped = diverged(training.done)
}

async function record(training: Training, { evaluation }: SeedSetup, keepMaps: boolean, pace: Pace): Promise<void> {
  const { model, measure, done } = training
  const start = performance.now()
  // What was queued since the last record is part of those steps.
  await model.settled()
  training.milliseconds += performance.now() - start
  let maps: Float32Array | null = null
  for (let from = 0; from < evaluationSequences; from += model.capacity) {
    await pace()
    const count = Math.min(model.capacity, evaluationSequences - from)
    const made = await model.evaluate(evaluation, from, count)
    measure.add(made, from, count)
    if (from === 0 && keepMaps) maps = firstMaps(made)
  }
  const reading = measure.finish(done)
  if (!Number.isFinite(reading.loss)) {
    training.stopped = diverged(done)
    return
  }
  training.steps.push(reading)
  if (maps) training.maps.push(maps)
}

const diverged = (step: number) => `The loss left the range of numbers at step ${step}: lower the learning rate.`

function runOf(training: Training, seed: number, { engine }: Choice): SinkRun {
  const { setting, done, steps, maps, milliseconds, stopped, evicted } = training
  const msPerStep = done === 0 ? 0 : milliseconds / done
  const { id: normalizer, params } = setting
  return {
    normalizer,
    params,
    seed,
    engine: engine.id,
    msPerStep,
    steps: [...steps],
    maps: [...maps],
    stopped,
    evicted,
  }
}
