import { beforeAll, describe, expect, it } from 'vitest'
import { normalizerById } from '../../../src/math/normalizers/index.ts'
import { float64Engine, languageEngines, type LanguageEngine } from '../../../src/models/language/engines.ts'
import { randomGpt2, randomGrouped, randomIds } from './randomModels.ts'
import { worst } from './worst.ts'

let wasm: LanguageEngine
beforeAll(async () => {
  const opened = await languageEngines.wasm()
  if ('reason' in opened) throw new Error(opened.reason)
  wasm = opened
})
const options = { normalizerAt: () => ({ entry: normalizerById('softmax')!, params: { T: 1 } }), allLogits: true }

describe('the forward pass whose products run in WASM', () => {
  it.each([
    ['GPT-2, tied', () => randomGpt2(1)],
    ['Llama with grouped queries', () => randomGrouped(2)],
    ['Qwen2, whose projections have biases', () => randomGrouped(3, 'qwen2')],
  ] as const)('%s: texts of 1, 5 and 37 tokens give what float64 gives', async (_, open) => {
    const model = await open()
    for (const length of [1, 5, 37]) {
      const ids = randomIds(length, 70, length)
      const [got, want] = [await wasm.forward(model, ids, options), await float64Engine.forward(model, ids, options)]
      // Numbers of size 1 to 100 in 24 bits, through two layers.
      expect(worst(got.attention, want.attention)).toBeLessThan(1e-5)
      expect(worst(got.logits!, want.logits!)).toBeLessThan(1e-4)
      expect(worst(got.hidden, want.hidden)).toBeLessThan(1e-4)
      expect(worst(got.nll, want.nll)).toBeLessThan(1e-4)
    }
  })
})
