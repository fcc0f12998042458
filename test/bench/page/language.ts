import { normalizerById } from '../../../src/math/normalizers/index.ts'
import { languageEngines } from '../../../src/models/language/engines.ts'
import type { LanguageModel } from '../../../src/models/language/model.ts'
import type { RungId } from '../../../src/engine/contract.ts'
import { randomGpt2, randomIds } from '../../models/language/randomModels.ts'

/** What the bench calls in its page. */
export interface LanguageBench {
  readonly device: string
  /** Parameters of each model, by name. */
  readonly models: Readonly<Record<string, number>>
  /** @returns milliseconds of one forward pass, read-back included */
  readonly run: (model: string, engine: RungId) => Promise<number>
}

const tokens = 64

async function open(): Promise<LanguageBench> {
  const sizes = {
    small: { width: 64, heads: 8, layers: 5, vocabulary: 512, context: tokens },
    medium: { width: 256, heads: 8, layers: 6, vocabulary: 4096, context: tokens },
  }
  const models: Record<string, LanguageModel> = {}
  for (const [name, size] of Object.entries(sizes)) models[name] = await randomGpt2(1, size)
  const engines = await Promise.all(
    (['webgpu', 'wasm', 'cpu'] as const).map(async (id) => {
      const engine = await languageEngines[id]()
      if ('reason' in engine) throw new Error(engine.reason)
      return engine
    }),
  )
  const softmax = { entry: normalizerById('softmax')!, params: { T: 1 } }
  return {
    device: engines[0]!.device,
    models: Object.fromEntries(Object.entries(models).map(([name, { shape }]) => [name, shape.parameters])),
    async run(name, id) {
      const model = models[name]!
      const ids = randomIds(tokens, model.shape.vocabulary, 2)
      const start = performance.now()
      await engines.find((engine) => engine.id === id)!.forward(model, ids, { normalizerAt: () => softmax })
      return performance.now() - start
    },
  }
}

Object.assign(globalThis, { bench: await open() })
