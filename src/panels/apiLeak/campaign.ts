import type { Pace } from '../../engine/breathe.ts'
import type { ToyModel } from '../../math/bottleneck/modelUpdates.ts'
import { layerMismatch, outputImage, recoverOutputLayer } from '../../math/bottleneck/outputImage.ts'
import { logProbabilities } from '../../math/bottleneck/views.ts'
import { fromRows, rowOf, sliceRows } from '../../math/linalg/matrix.ts'
import type { NamedArray } from '../contract.ts'
import type { Signature } from './compareSuspects.ts'
import { dimensionsOf, judged } from './dimensions.ts'
import { readOutput, readOutputs, wholeRows, type Attack, type Endpoint, type ReadOutput } from './emulation.ts'
import type { Campaign, Growth } from './result.ts'
import { takeShortcut } from './shortcut.ts'

interface Collected {
  readonly campaign: Campaign
  /** Of all whole outputs; null where they give no image. */
  readonly signature: Signature | null
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
  let signature: Signature | null = null
  for (let n = 1; n <= last; n++) {
    await pace()
    const asked = outputs.slice(0, n)
    const rows = wholeRows(asked)
    const dimensions = await dimensionsOf(rows, attack, pace)
    const calls = asked.reduce((sum, output) => sum + output.calls, 0)
    const counted = { outputs: n, lost: n - rows.length, calls, ...dimensions }
    const plain = { ...counted, singularValues: [...dimensions.singularValues] }
    if (dimensions.found === null) {
      signature = null
      growth.push({ ...plain, residual: NaN, residualLimit: NaN, layerMismatch: NaN, shortcut: null })
      continue
    }
    const image = outputImage(fromRows(rows), dimensions.found)
    signature = { image, outputs, tilt: dimensions.tilt }
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
    signature,
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
