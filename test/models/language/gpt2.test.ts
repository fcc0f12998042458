import { describe, expect, it } from 'vitest'
import { normalizerById } from '../../../src/math/normalizers/index.ts'
import { forward } from '../../../src/models/language/forward.ts'
import { openModel } from '../../../src/models/language/openModel.ts'
import { bytesSource } from '../../../src/models/readers/byteSource.ts'
import { golden, haveModel, modelBytes, worst } from './models.ts'
import { safetensorsBytes } from './safetensorsBytes.ts'

const sorter = 'gpt-nano-sort/gpt-nano-sort-model.json'

interface Saved {
  readonly shape: number[]
  readonly data: string
}

/** minGPT keeps matrices [outputs, inputs]; a GPT-2 file has them the other way round, and without the masks. */
function asGpt2(saved: Readonly<Record<string, unknown>>) {
  const tensors: Record<string, { shape: number[]; values: Float32Array }> = {}
  for (const [name, entry] of Object.entries(saved)) {
    if (name === 'config' || name.endsWith('.attn.bias')) continue
    const { shape, data } = entry as Saved
    const values = new Float32Array(Uint8Array.from(Buffer.from(data, 'base64')).buffer)
    const [rows = 1, cols = 1] = shape
    const turns = /\.(c_attn|c_proj|c_fc)\.weight$/.test(name)
    tensors[name] = turns
      ? { shape: [cols, rows], values: values.map((_, i) => values[(i % rows) * cols + Math.floor(i / rows)]!) }
      : { shape, values }
  }
  return tensors
}
const config = JSON.stringify({
  model_type: 'gpt2',
  n_layer: 3,
  n_head: 3,
  n_embd: 48,
  vocab_size: 3,
  n_positions: 11,
  activation_function: 'gelu_new',
  tie_word_embeddings: false,
})
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
