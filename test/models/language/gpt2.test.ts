import { describe, expect, it } from 'vitest'
import { normalizerById } from '../../../src/math/normalizers/index.ts'
import { forward } from '../../../src/models/language/forward.ts'
import { openModel } from '../../../src/models/language/openModel.ts'
import { bytesSource } from '../../../src/models/readers/byteSource.ts'
import { asGpt2, sorterConfig as config } from './asGpt2.ts'
import { golden, haveModel, modelBytes, worst } from './models.ts'
import { safetensorsBytes } from './safetensorsBytes.ts'

const sorter = 'gpt-nano-sort/gpt-nano-sort-model.json'

const softmax = () => ({ entry: normalizerById('softmax')!, params: { T: 1 } })

describe.skipIf(!haveModel(sorter))(
  'gpt-nano-sort in the layout of GPT-2 (skipped where its weights are not beside the project)',
  () => {
    const model = () =>
      openModel(
        bytesSource(
          safetensorsBytes(asGpt2(JSON.parse(new TextDecoder().decode(modelBytes(sorter))) as Record<string, unknown>)),
        ),
        config,
      )

    it('logits and attention are the golden ones, as far as their six decimals go', async () => {
      const want = golden<{ ids: number[]; logits: number[][]; attn: number[][][][] }>('nano_sort.json')
      const trace = await forward(await model(), want.ids, { normalizerAt: softmax, allLogits: true })
      expect(worst(trace.logits!, want.logits.flat())).toBeLessThan(2e-6)
      expect(worst(trace.attention, want.attn.flat(3))).toBeLessThan(1e-6)
    })

    it('sorts: after 2 0 1 2 1 0 the most likely tokens are 0 0 1 1 2 2, one by one', async () => {
      const sorted: number[] = []
      while (sorted.length < 6) {
        const { lastLogits } = await forward(await model(), [2, 0, 1, 2, 1, 0, ...sorted], { normalizerAt: softmax })
        sorted.push(lastLogits.indexOf(Math.max(...lastLogits)))
      }
      expect(sorted).toEqual([0, 0, 1, 1, 2, 2])
    })
  },
)
