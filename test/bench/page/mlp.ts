import { estimatorById } from '../../../src/math/estimators/index.ts'
import { resolveEstimatorParams } from '../../../src/math/estimators/params.ts'
import { labelsFrom } from '../../../src/math/estimators/sample.ts'
import { rng } from '../../../src/math/random/rng.ts'
import { shuffled } from '../../../src/math/random/shuffled.ts'
import { activationById } from '../../../src/models/mlp/activations.ts'
import { Mlp } from '../../../src/models/mlp/Mlp.ts'
import { optimizerById } from '../../../src/models/mlp/optimizers.ts'
import { train } from '../../../src/models/mlp/train.ts'
import { twelveBits } from '../../../src/models/tasks/twelveBits.ts'
import { openTfjsMlp } from './tfjsMlp.ts'

/** What the bench calls in its page. */
export interface MlpBench {
  /** Runs steps on one batch. @returns the loss before the last one */
  readonly run: (engine: string, steps: number) => Promise<number>
  /** Trains the panel's default network for some epochs. */
  readonly epochs: (count: number) => void
  /** Reads every layer of a network once, as at a log point of the panel. @returns how many samples it reads */
  readonly read: (estimator: string) => number
}

const batch = 256
const learningRate = 4e-4
const hidden = [10, 7, 5, 4, 3]
const data = twelveBits('published', 0)
const tanh = activationById('tanh')!

async function open(): Promise<MlpBench> {
  const widths = [data.features, ...hidden, data.classes]
  const network = new Mlp(widths, tanh, 4096)
  network.initialise(rng(1))
  const rows = shuffled([...Array(4096).keys()], rng(2)).slice(0, batch)
  const inputs = Float64Array.from(rows.flatMap((r) => [...data.inputs.subarray(12 * r, 12 * (r + 1))]))
  const labels = Int32Array.from(rows, (r) => data.labels[r]!)
  const step = optimizerById('adam')!.create(network.parameters.length, learningRate)
  const engines: Record<string, { select: () => Promise<boolean>; step: () => number }> = {
    cpu: await openTfjsMlp('cpu', network, inputs, labels, learningRate),
    wasm: await openTfjsMlp('wasm', network, inputs, labels, learningRate),
    ours: {
      select: async () => true,
      step() {
        network.forward(inputs, batch)
        const loss = network.backward(inputs, labels, batch)
        step(network.parameters, network.gradient)
        return loss
      },
    },
  }
  return {
    async run(name, count) {
      const engine = engines[name]!
      await engine.select()
      let loss = NaN
      for (let i = 0; i < count; i++) loss = engine.step()
      return loss
    },
    epochs(count) {
      const plan = { hidden, activation: tanh, optimizer: optimizerById('sgd')!, learningRate: 0.1, batch: 32, l2: 0 }
      const more = { noise: 0, gain: 1, trainShare: 0.85, seed: 0, epochs: count }
      for (const { epoch } of train(data, { ...plan, ...more })) if (epoch === count) return
    },
    read(id) {
      const entry = estimatorById(id)!
      const params = resolveEstimatorParams(id, entry.params, {})
      const read = Math.min(4096, entry.affords(params))
      const given = labelsFrom(data.labels.subarray(0, read))
      // The panel reads the true labels and a shuffle of them.
      const mixed = labelsFrom(shuffled([...data.labels], rng(1)).slice(0, read))
      network.forward(data.inputs, 4096)
      network.outputs.forEach((values, l) => {
        const cols = widths[l + 1]!
        entry.estimateEach({ rows: read, cols, values: values.subarray(0, read * cols) }, [given, mixed], params)
      })
      return read
    },
  }
}

Object.assign(globalThis, { bench: await open() })
