import type { PanelResult, Published } from '../contract.ts'
import type { InformationPlaneExperiment } from './experiment.ts'
import type { LayerReading } from './measure.ts'
import { layerIndex, logAt, runsAt, type InformationPlaneResult, type PlaneEstimator, type PlaneRun } from './result.ts'

type Numbers = Omit<InformationPlaneResult, keyof PanelResult>

/** Less than this is no fall; bits. */
const still = 0.3

/** What one sees of the first network at the epoch that is looked at. */
export function describe(
  { epoch, layer, epochs, noise }: Pick<InformationPlaneExperiment, 'epoch' | 'layer' | 'epochs' | 'noise'>,
  result: Numbers,
): Pick<PanelResult, 'sentence' | 'values'> {
  const [run] = result.runs
  const log = run && logAt(run.epochs, epoch)
  if (!run || !log) return { sentence: 'The network is being made.', values: {} }
  const { estimators, ceilings, samples } = result
  const runs = runsAt(result.runs, log.epoch)
  const index = layerIndex(result, layer)
  const verdicts = estimators
    .filter(({ readsInput }) => readsInput)
    .map((estimator) => verdict(run, log.epoch, index, estimator))
  const ofLabel = estimators
    .filter(({ readsInput }) => !readsInput)
    .map(({ id, label }) => labelReading(log.layers[index]![id]!, label))
  const accuracy = `accuracy ${log.trainAccuracy.toFixed(3)} in training${Number.isNaN(log.testAccuracy) ? '' : `, ${log.testAccuracy.toFixed(3)} in test`}`
  // Every reading of the input takes T for a function of it.
  const ofNoise = noise > 0 && verdicts.length > 0 ? ' The units’ noise is read too, as if it told of the input.' : ''
  const sentence = `Epoch ${log.epoch} of ${epochs}, ${accuracy}. Layer ${index + 1}${onWhat('on the input', verdicts)}${verdicts.length > 0 && ofLabel.length > 0 ? ';' : ''}${onWhat('on the label', ofLabel)}.${ofNoise}`
  return {
    sentence: run.stopped === null ? sentence : `${run.stopped} ${sentence}`,
    values: {
      epoch: log.epoch,
      loss: log.loss,
      train: log.trainAccuracy,
      test: log.testAccuracy,
      saturation: log.saturation,
      largest: Math.max(...log.states.map((state) => state.largest)),
      ...Object.fromEntries(log.states.map((state, l) => [`L${l + 1}`, { largest: state.largest }])),
      seed: run.seed,
      seeds: runs.length,
      samples,
      log2n: ceilings.log2n,
      H_Y: ceilings.H_Y,
      ...Object.fromEntries(estimators.map(({ id }) => [id, layersOf(runs, log.epoch, id)])),
    },
  }
}

const onWhat = (what: string, said: readonly string[]) => (said.length === 0 ? '' : ` ${what}: ${said.join('; ')}`)

/** What an estimator without an I(X;T) says. */
const labelReading = ({ I_TY, shuffled }: LayerReading, label: string): string =>
  Number.isNaN(I_TY)
    ? `${label} cannot read it`
    : `${label} ${hundredths(I_TY)} bits, ${hundredths(shuffled)} of shuffled labels`

const hundredths = (value: number) => value.toFixed(2).replace('-', '−')

function verdict(run: PlaneRun, epoch: number, index: number, { id, label }: PlaneEstimator): string {
  const { peak, peakEpoch, now } = story(run, epoch, index, id)
  if (Number.isNaN(now)) return `${label} cannot read it`
  const here = `${label} ${now.toFixed(2)} bits`
  if (now >= peak) return `${here}, at its highest so far`
  return peak - now < still
    ? `${here}, near its highest so far, ${peak.toFixed(2)} at epoch ${peakEpoch}`
    : `${here}, down ${(peak - now).toFixed(2)} from its peak at epoch ${peakEpoch}`
}

/** I(X;T) of a layer from the start to an epoch, bits. */
function story({ epochs }: PlaneRun, epoch: number, index: number, id: string) {
  const path = epochs.filter((log) => log.epoch <= epoch)
  let [peak, peakEpoch] = [NaN, 0]
  for (const log of path) {
    const { I_XT } = log.layers[index]![id]!
    if (!(I_XT <= peak) && !Number.isNaN(I_XT)) [peak, peakEpoch] = [I_XT, log.epoch]
  }
  const start = path[0]?.layers[index]![id]!.I_XT ?? NaN
  return { start, peak, peakEpoch, now: path.at(-1)?.layers[index]![id]!.I_XT ?? NaN }
}

/**
 * L1, L2, …: what one estimator says of each hidden layer; the last entry is the output. Drops over seeds that have come
 * to the epoch are a range, and so is the evidence: what is read of the true labels, less what is read of shuffled ones.
 */
function layersOf(runs: readonly PlaneRun[], epoch: number, id: string): Published {
  const [run] = runs
  const log = logAt(run!.epochs, epoch)!
  return Object.fromEntries(
    log.layers.map((readings, index) => {
      const { start, peak, peakEpoch, now } = story(run!, epoch, index, id)
      const drops = runs.map((each) => {
        const other = story(each, epoch, index, id)
        return other.peak - other.now
      })
      const reading = readings[id]!
      const others = runs.map(({ epochs }) => logAt(epochs, epoch)!.layers[index]![id]!)
      const evidence = others.map(({ I_TY, shuffled }) => I_TY - shuffled)
      return [
        `L${index + 1}`,
        {
          I_XT: now,
          I_TY: reading.I_TY,
          shuffled: reading.shuffled,
          start,
          peak,
          peakEpoch,
          drop: peak - now,
          leastDrop: Math.min(...drops),
          greatestDrop: Math.max(...drops),
          evidence: evidence[0]!,
          leastEvidence: Math.min(...evidence),
          greatestEvidence: Math.max(...evidence),
          leastI_TY: Math.min(...others.map(({ I_TY }) => I_TY)),
          greatestI_TY: Math.max(...others.map(({ I_TY }) => I_TY)),
        },
      ]
    }),
  )
}
