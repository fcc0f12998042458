import { normalizerById } from '../../../src/math/normalizers/index.ts'
import { rng } from '../../../src/math/random/rng.ts'
import { firstParameters, initialisationById } from '../../../src/models/transformer/initialise.ts'
import { transformerOptimizerById } from '../../../src/models/transformer/optimizers.ts'
import { Trainer, trainStep } from '../../../src/models/transformer/Trainer.ts'
import { openTransformer } from '../../../src/models/transformer/Transformer.ts'
import { openWasm } from '../../../src/models/transformer/wasm/openWasm.ts'
import { openTfjs } from './tfjsTransformer.ts'

/** What the bench calls in its page. */
export interface TrainingBench {
  readonly parameters: number
  /** Runs steps on one batch. @returns the loss before the last one */
  readonly run: (engine: string, steps: number) => number
}

const sequences = 32
const length = 64
const learningRate = 1e-3

async function open(): Promise<TrainingBench> {
  const model = await openTransformer(
    {
      vocabulary: 64,
      length,
      width: 64,
      heads: 4,
      layers: 2,
      hidden: 256,
      positions: 'learned',
      normalizer: normalizerById('softmax')!,
      params: { T: 1 },
    },
    openWasm,
    4,
  )
  if ('reason' in model) throw new Error(model.reason)
  const draw = rng(1)
  model.shared.parameters.set(firstParameters(model.config, initialisationById('torch')!, draw))
  const batch = Int32Array.from({ length: sequences * (length + 1) }, () => Math.floor(64 * draw()))
  const tfjs = await openTfjs(model, batch, sequences, learningRate)
  const trainer = new Trainer(model, transformerOptimizerById('adamw')!, { learningRate, weightDecay: 0 })
  const steps: Record<string, () => number> = { ours: () => trainStep(trainer, batch, sequences), tfjs: tfjs.step }
  return {
    parameters: model.shared.parameters.length,
    run(engine, count) {
      let loss = NaN
      for (let i = 0; i < count; i++) loss = steps[engine]!()
      return loss
    },
  }
}

Object.assign(globalThis, { bench: await open() })
