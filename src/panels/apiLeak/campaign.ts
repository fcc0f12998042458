import type { Pace } from '../../engine/breathe.ts'
import type { ToyModel } from '../../math/bottleneck/modelUpdates.ts'
import { layerMismatch, outputImage, recoverOutputLayer, type OutputImage } from '../../math/bottleneck/outputImage.ts'
import { logProbabilities } from '../../math/bottleneck/views.ts'
import { fromRows, rowOf, sliceRows } from '../../math/linalg/matrix.ts'
import type { NamedArray } from '../contract.ts'
import { dimensionsOf, judged } from './dimensions.ts'
import { isWhole, readOutput, readOutputs, type Attack, type Endpoint, type ReadOutput } from './emulation.ts'
import type { Campaign, Growth } from './result.ts'
import { takeShortcut } from './shortcut.ts'

interface Collected {
  readonly campaign: Campaign
  readonly outputs: readonly ReadOutput[]
  /** Of all whole outputs, or null. */
  readonly image: OutputImage | null
  readonly arrays: Readonly<Record<'recovered' | 'rebuilt', NamedArray>>
}

/** Reads outputs one by one, and says after each what is known. */
export async function collect(
  model: ToyModel,
  endpoint: Endpoint,
  attack: Attack,
  pace: Pace,
  onOutput: (read: number) => void,
): Promise<Collected> {
  const vocabulary = endpoint.logits.cols
  // The last prompt is kept apart.
  const last = endpoint.logits.rows - 1
  const outputs = await readOutputs(endpoint, last, attack, pace, onOutput)
  const heldOut = await readOutput(endpoint, last, attack, pace)
  const truth = rowOf(logProbabilities(sliceRows(endpoint.logits, last, last + 1)), 0)
  const rebuilt = new Float64Array(last * vocabulary).fill(NaN)
  const growth: Growth[] = []
  let image: OutputImage | null = null
  for (let n = 1; n <= last; n++) {
    await pace()
    const asked = outputs.slice(0, n)
    const rows = asked.filter(isWhole).map(({ logProbabilities: row }) => row)
    const dimensions = await dimensionsOf(rows, attack, pace)
    const calls = asked.reduce((sum, output) => sum + output.calls, 0)
    const counted = { outputs: n, lost: n - rows.length, calls, ...dimensions }
    const plain = { ...counted, singularValues: [...dimensions.singularValues] }
    if (dimensions.found === null) {
      image = null
      growth.push({ ...plain, residual: NaN, residualLimit: NaN, layerMismatch: NaN, shortcut: null })
      continue
    }
    image = outputImage(fromRows(rows), dimensions.found)
    await pace()
    const short = takeShortcut(image, rows, { endpoint, prompt: last, attack, truth })
    rebuilt.set(short.output, (n - 1) * vocabulary)
    await pace()
    growth.push({
      ...plain,
      ...judged(image, heldOut, attack, dimensions.tilt),
      layerMismatch: layerMismatch(model.weights, recoverOutputLayer(image)),
      shortcut: short.shortcut,
    })
  }
  return {
    campaign: { growth, heldOut: [...truth], heldOutCalls: heldOut.calls },
    outputs,
    image,
    arrays: {
      recovered: { shape: [last, vocabulary], values: stacked(outputs, vocabulary) },
      rebuilt: { shape: [last, vocabulary], values: rebuilt },
    },
  }
}

function stacked(outputs: readonly ReadOutput[], vocabulary: number): Float64Array {
  const values = new Float64Array(outputs.length * vocabulary)
  outputs.forEach(({ logProbabilities: row }, i) => values.set(row, i * vocabulary))
  return values
}
