import { paceFor, type Pace } from '../../engine/breathe.ts'
import { entropyOfCounts } from '../../math/estimators/entropy.ts'
import { estimatorById } from '../../math/estimators/index.ts'
import { labelsFrom, sizesOf, type Samples } from '../../math/estimators/sample.ts'
import { activationById } from '../../models/mlp/activations.ts'
import { optimizerById } from '../../models/mlp/optimizers.ts'
import { trainInParts, type Dataset, type TrainingPlan } from '../../models/mlp/train.ts'
import type { Compute } from '../contract.ts'
import { atPace } from './atPace.ts'
import { datasetOf, type NamedDataset } from './dataset.ts'
import { describe } from './describe.ts'
import type { InformationPlaneExperiment } from './experiment.ts'
import { drawnRows, layerPicture, type LayerPicture } from './layerPicture.ts'
import { boundsOf } from './layerRange.ts'
import { fitted, measuredRows, measurer, samplesRead, type Measured } from './measure.ts'
import type { InformationPlaneResult, PlaneRun } from './result.ts'

/** Milliseconds between two partial results: each is copied to the page whole. */
const resultEvery = 250
/** Milliseconds between two reports of how far it is. */
const tellEvery = 100

/** Log-spaced epochs, both ends included; about 36 of them, so that early change is seen. */
export function loggedEpochs(epochs: number): Set<number> {
  return new Set([0, epochs, ...Array.from({ length: 36 }, (_, i) => Math.round(epochs ** (i / 35)))])
}

export const compute: Compute<InformationPlaneExperiment, InformationPlaneResult> = async function* (
  experiment,
  { signal, progress, data: find },
) {
  const data = await datasetOf(experiment, find)
  const { resultOf, draw } = resultMaker(data, experiment)
  const measure = measurer(data, experiment.estimators, activationById(experiment.activation)!)
  const pace = paceFor(signal)
  const finished: PlaneRun[] = []
  let given = -Infinity
  for (const [index, seed] of experiment.seeds.entries()) {
    const tell = (epoch: number) =>
      progress(
        (index + epoch / experiment.epochs) / experiment.seeds.length,
        `seed ${seed}, epoch ${epoch} of ${experiment.epochs}`,
      )
    let run: PlaneRun = { seed, epochs: [], millisecondsAnEpoch: 0, stopped: null }
    for await (const { measured, ...rest } of logsOf(data, planOf(experiment, data, seed), measure, pace, tell)) {
      run = { ...run, ...rest, epochs: measured ? [...run.epochs, measured.log] : run.epochs }
      if (index === 0 && measured) draw(measured.layers)
      if (performance.now() - given > resultEvery) {
        yield resultOf([...finished, run])
        given = performance.now()
      }
    }
    finished.push(run)
  }
  yield resultOf(finished)
}

interface Logged extends Pick<PlaneRun, 'millisecondsAnEpoch' | 'stopped'> {
  /** What was read, unless the run stopped. */
  readonly measured: Measured | null
}

/** Trains one network, and reads it at the epochs that are logged. @throws if it cannot begin */
async function* logsOf(
  data: NamedDataset,
  plan: TrainingPlan,
  measure: ReturnType<typeof measurer>,
  pace: Pace,
  tell: (epoch: number) => void,
): AsyncGenerator<Logged, void, void> {
  const logged = loggedEpochs(plan.epochs)
  let [epoch, training, last, told] = [0, 0, performance.now(), performance.now()]
  for (const state of trainInParts(data, plan)) {
    training += performance.now() - last
    epoch = state?.epoch ?? epoch
    if (epoch === 0 && state && !Number.isFinite(state.loss))
      throw new Error('The loss is out of the range of numbers before the first step: scale the first weights down.')
    const isLogged = state !== null && logged.has(epoch)
    const millisecondsAnEpoch = training / Math.max(1, epoch)
    if (isLogged && !Number.isFinite(state.loss)) {
      const stopped = `The loss left the range of numbers by epoch ${epoch}: lower the learning rate.`
      return yield { millisecondsAnEpoch, stopped, measured: null }
    }
    if (isLogged) yield { millisecondsAnEpoch, stopped: null, measured: await atPace(measure(state), pace) }
    if (isLogged || performance.now() - told > tellEvery) {
      tell(epoch)
      told = performance.now()
    }
    await pace()
    last = performance.now()
  }
}

/** Gathers the pictures of the first network, and makes whole results of what there is. */
function resultMaker(data: NamedDataset, experiment: InformationPlaneExperiment) {
  const n = data.labels.length
  const activation = activationById(experiment.activation)!
  const settings = experiment.estimators.map((setting) => ({ id: setting.id, params: fitted(setting, activation) }))
  const entries = experiment.estimators.map((setting) => {
    const { id, label, measure } = estimatorById(setting.id)!
    return { id, label, measure, samples: samplesRead(setting, n) }
  })
  const pictures: LayerPicture[][] = []
  const measured = measuredRows(n)
  const rows = drawnRows(measured.length)
  const fixed = {
    ceilings: { log2n: Math.log2(n), H_Y: entropyOfCounts(sizesOf(labelsFrom(data.labels))) / Math.LN2 },
    widths: [data.features, ...hiddenOf(experiment, data), data.classes],
    samples: n,
    drawnLabels: rows.map((r) => data.labels[measured[r]!]!),
    classNames: data.classNames,
  }
  return {
    draw: (layers: readonly Samples[]) => {
      pictures.push(layers.slice(0, -1).map((T) => layerPicture(T, rows, settings, boundsOf(activation))))
    },
    resultOf: (runs: readonly PlaneRun[]): InformationPlaneResult => {
      const estimators = entries.map((entry) => ({ ...entry, readsInput: readsInput(runs, entry.id) }))
      const numbers = { runs, estimators, ...fixed, pictures: [...pictures] }
      return { ...numbers, ...describe(experiment, numbers) }
    },
  }
}

/** Whether an estimator has said anything of I(X;T). */
const readsInput = (runs: readonly PlaneRun[], id: string): boolean =>
  runs.some(({ epochs }) => epochs.some(({ layers }) => layers.some((readings) => !Number.isNaN(readings[id]!.I_XT))))

/** The whole network may be given, as papers write it: 12-10-7-5-4-3-2. */
function hiddenOf({ widths }: InformationPlaneExperiment, { features, classes }: Dataset): readonly number[] {
  const whole = widths.length > 2 && widths[0] === features && widths.at(-1) === classes
  return whole ? widths.slice(1, -1) : widths
}

function planOf(experiment: InformationPlaneExperiment, data: Dataset, seed: number): TrainingPlan {
  const { activation, optimizer, ...rest } = experiment
  return {
    ...rest,
    hidden: hiddenOf(experiment, data),
    activation: activationById(activation)!,
    optimizer: optimizerById(optimizer)!,
    seed,
  }
}
