import type { Pace } from '../../engine/breathe.ts'
import { compareImages, outputImage, type OutputImage } from '../../math/bottleneck/outputImage.ts'
import { updatedModel, type ToyModel } from '../../math/bottleneck/modelUpdates.ts'
import { fromRows } from '../../math/linalg/matrix.ts'
import { dimensionsOf, judged } from './dimensions.ts'
import {
  baseSeed,
  endpointOf,
  largestDifference,
  readOutputs,
  wholeRows,
  type Attack,
  type ReadOutput,
} from './emulation.ts'
import type { ApiLeakExperiment } from './experiment.ts'
import type { SuspectReading, Verdict } from './result.ts'
import { suspects } from './suspects.ts'

/** The signature that was taken of the first model. */
export interface Signature {
  readonly image: OutputImage
  readonly outputs: readonly ReadOutput[]
  /** How far errors can tilt the image. */
  readonly tilt: number
}

/** Times the deviation of a difference; the largest of a thousand normal errors lies near 4. */
const farOut = 8
/** Errors that would hide more than this leave a verdict open: nats, and a share of an output. */
const smallDifference = 0.1
const smallResidual = 0.03
/** Of the rank of two exact images together. */
const exactTolerance = 1e-7
/** Images tilted by more than this cannot be compared by rank. */
const blind = 0.2

/** Reads every suspect through the same interface and holds it against the signature; yields those so far. */
export async function* suspectSteps(
  experiment: ApiLeakExperiment,
  model: ToyModel,
  { image, outputs, tilt }: Signature,
  attack: Attack,
  pace: Pace,
): AsyncGenerator<readonly SuspectReading[], void, void> {
  const { seed, loraRank, sharpness } = experiment
  const differenceLimit = farOut * Math.SQRT2 * Math.hypot(attack.noise.own, attack.noise.shared)
  const readings: SuspectReading[] = []
  for (const [index, { id, label, update }] of suspects.entries()) {
    const changed = updatedModel(model, update({ base: baseSeed(seed), loraRank, sharpness }))
    const endpoint = endpointOf(changed, noiseSeedOf(experiment, index + 1))
    const read = await readOutputs(endpoint, outputs.length, attack, pace)
    const first = read[0]!
    const difference = largestDifference(first.logProbabilities, outputs[0]!.logProbabilities)
    const { residual, residualLimit } = judged(image, first, attack, tilt)
    readings.push({
      id,
      label,
      difference,
      differenceLimit,
      outputsChanged: verdictOf(difference, differenceLimit, smallDifference),
      residual,
      residualLimit,
      imageChanged: verdictOf(residual, residualLimit, smallResidual),
      ...(await rankChangeOf(image, read, attack, tilt, pace)),
      calls: first.calls,
      callsForRank: read.slice(0, image.basis.rows + 1).reduce((sum, { calls }) => sum + calls, 0),
    })
    yield [...readings]
    await pace()
  }
}

/** Streams of noise that no two endpoints share. */
export const noiseSeedOf = ({ seed }: ApiLeakExperiment, endpoint: number): number =>
  baseSeed(seed) * 1000 + 100 * endpoint

/** What its own image adds to the first one, beyond what the errors of both can; NaN where they hide it. */
async function rankChangeOf(
  image: OutputImage,
  read: readonly ReadOutput[],
  attack: Attack,
  firstTilt: number,
  pace: Pace,
) {
  const rows = wholeRows(read)
  const { found, tilt } = await dimensionsOf(rows, attack, pace)
  const tolerance = Math.max(exactTolerance, (firstTilt + tilt) / 2)
  if (found === null || tolerance > blind) return { rankChange: NaN, rankTolerance: tolerance }
  const own = outputImage(fromRows(rows), found)
  await pace()
  const { rankChange } = compareImages(image, own, tolerance)
  return { rankChange, rankTolerance: tolerance }
}

/** @param blind  a limit beyond which staying below it says nothing */
function verdictOf(value: number, limit: number, blind: number): Verdict {
  if (value > limit) return 'yes'
  return limit > blind || Number.isNaN(value) ? 'unclear' : 'no'
}
