import { breathe, breathEvery } from '../../engine/breathe.ts'
import { entropyOfCounts } from '../../math/estimators/entropy.ts'
import { estimatorById } from '../../math/estimators/index.ts'
import { labelsFrom, sizesOf } from '../../math/estimators/sample.ts'
import { activationById } from '../../models/mlp/activations.ts'
import { optimizerById } from '../../models/mlp/optimizers.ts'
import { train, type Dataset, type TrainingPlan } from '../../models/mlp/train.ts'
import type { Compute } from '../contract.ts'
import { datasetOf, type NamedDataset } from './dataset.ts'
import { describe } from './describe.ts'
import type { InformationPlaneExperiment } from './experiment.ts'
import { drawnRows, layerPicture, type LayerPicture } from './layerPicture.ts'
import { fitted, layersIn, measurer, samplesRead, type EpochLog } from './measure.ts'
import type { InformationPlaneResult, PlaneRun } from './result.ts'

/** Milliseconds between two partial results: each is copied to the page whole. */
const resultEvery = 250

/** Log-spaced epochs, both ends included; about 36 of them, so that early change is seen. */
export function loggedEpochs(epochs: number): Set<number> {
  return new Set([0, epochs, ...Array.from({ length: 36 }, (_, i) => Math.round(epochs ** (i / 35)))])
}

export const compute: Compute<InformationPlaneExperiment, InformationPlaneResult> = async function* (
  experiment,
  context,
) {
  const { signal, progress, data: find } = context
  const data = await datasetOf(experiment, find)
  const { resultOf, draw } = resultMaker(data, experiment)
  const activation = activationById(experiment.activation)!
  const measure = measurer(data, experiment.estimators, activation)
  const logged = loggedEpochs(experiment.epochs)
  const finished: PlaneRun[] = []
  let given = -Infinity
  for (const [index, seed] of experiment.seeds.entries()) {
    const epochs: EpochLog[] = []
    let stopped: string | null = null
    let [training, millisecondsAnEpoch, last] = [0, 0, performance.now()]
    for (const state of train(data, planOf(experiment, data, seed))) {
      const now = performance.now()
      training += now - last
      millisecondsAnEpoch = training / Math.max(1, state.epoch)
      const isLogged = logged.has(state.epoch)
      if (state.epoch === 0 && !Number.isFinite(state.loss))
        throw new Error('The loss is out of the range of numbers before the first step: scale the first weights down.')
      if (isLogged && !Number.isFinite(state.loss)) {
        stopped = `The loss left the range of numbers by epoch ${state.epoch}: lower the learning rate.`
        break
      }
      if (isLogged) {
        epochs.push(measure(state))
        if (index === 0) draw(state.network)
        const share = (index + state.epoch / experiment.epochs) / experiment.seeds.length
        progress(share, `seed ${seed}, epoch ${state.epoch} of ${experiment.epochs}`)
        if (performance.now() - given > resultEvery) {
          yield resultOf([...finished, { seed, epochs: [...epochs], millisecondsAnEpoch, stopped }])
          given = performance.now()
        }
      }
      if (isLogged || performance.now() - now > breathEvery || state.epoch % 4 === 0) await breathe()
      signal.throwIfAborted()
      last = performance.now()
    }
    finished.push({ seed, epochs, millisecondsAnEpoch, stopped })
  }
  yield resultOf(finished)
}

/** Gathers the pictures of the first network, and makes whole results of what there is. */
function resultMaker(data: NamedDataset, experiment: InformationPlaneExperiment) {
  const n = data.labels.length
  const settings = experiment.estimators.map((setting) => ({
    id: setting.id,
    params: fitted(setting, activationById(experiment.activation)!),
  }))
  const entries = experiment.estimators.map((setting) => {
    const { id, label, measure } = estimatorById(setting.id)!
    return { id, label, measure, samples: samplesRead(setting, n) }
  })
  const pictures: LayerPicture[][] = []
  const rows = drawnRows(n)
  const fixed = {
    ceilings: { log2n: Math.log2(n), H_Y: entropyOfCounts(sizesOf(labelsFrom(data.labels))) / Math.LN2 },
    widths: [data.features, ...hiddenOf(experiment, data), data.classes],
    samples: n,
    drawnLabels: rows.map((r) => data.labels[r]!),
    classNames: data.classNames,
  }
  return {
    draw: (network: Parameters<typeof layersIn>[0]) => {
      pictures.push(
        layersIn(network, n)
          .slice(0, -1)
          .map((T) => layerPicture(T, rows, settings)),
      )
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
