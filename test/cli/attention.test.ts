import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { golden, goldenFloats, haveModel, modelBytes, modelsFolder, worst } from '../models/language/models.ts'
import { softscope } from './softscope.ts'

interface Output {
  readonly results: {
    readonly perplexity: number
    readonly nll: number[]
    readonly alpha0: number[][]
    readonly sinkRate: number
    readonly kurtosis: number[]
    readonly maxOverMedian: number[]
    readonly valueRatio: number[][]
    readonly lastLogits: number[]
    readonly notices: string[]
    readonly ran: object
    readonly arrays?: unknown
  }
}

const folder = mkdtempSync(join(tmpdir(), 'softscope-'))
afterAll(() => rmSync(folder, { recursive: true }))
const inFolder = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const run = async (experiment: object, ...flags: string[]) => {
  const file = inFolder('experiment.json', JSON.stringify(experiment))
  return softscope(['run', 'attention', '--experiment', file, ...flags])
}
const resultsOf = ({ stdout }: { readonly stdout: string }) => (JSON.parse(stdout) as Output).results

describe('softscope run attention, as built', { timeout: 30_000 }, () => {
  it('without a file: the toy that comes with softscope has a sink in its one head, its twin has none', async () => {
    const own = resultsOf(await softscope(['run', 'attention']))
    expect([own.sinkRate, own.arrays, own.nll.length, own.lastLogits.length]).toEqual([1, undefined, 31, 32])
    const twin = resultsOf(await run({ model: 'models/sink-softpick.safetensors' }))
    expect(twin.sinkRate).toBe(0)
  })

  it('a model that is not there exits with 2 and says where it was looked for', async () => {
    const { status, stderr } = await run({ model: 'nowhere.bin' })
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('there is no file nowhere.bin, neither beside the experiment nor from here'),
    ])
  })

  it('a file that is no model exits with 1 and names it', async () => {
    inFolder('broken.bin', new Uint8Array(64))
    const { status, stderr } = await run({ model: 'broken.bin' })
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining("broken.bin, byte 0: the header's sizes do not make a llama2.c model"),
    ])
  })

  it('an id outside the vocabulary and a text without words exit with 1 and say what would be right', async () => {
    const wrongId = await run({ ids: [0, 99] })
    expect([wrongId.status, wrongId.stderr]).toEqual([
      1,
      expect.stringContaining("Token 99 is not in the model's vocabulary of 32; ids go from 0 to 31."),
    ])
    const empty = await run({ text: '' })
    expect([empty.status, empty.stderr]).toEqual([1, expect.stringContaining('The text has no tokens')])
    const unknown = await run({ text: 'BOS hello' })
    expect([unknown.status, unknown.stderr]).toEqual([1, expect.stringContaining('"hello" is no token of this model')])
  })

  it('too long a text is cut to what the model takes, and a notice says so; an engine that is named is used', async () => {
    const { notices, nll, ran } = resultsOf(await run({ ids: Array<number>(40).fill(5), engine: 'wasm' }))
    expect([notices, nll.length]).toEqual([
      ['The text has 40 tokens; this model takes 32, so the first 32 are read.'],
      31,
    ])
    expect(ran).toMatchObject({ id: 'wasm', precision: 'float32' })
    expect((await run({ engine: 'tpu' })).stderr).toContain('engine must be auto, webgpu, wasm or cpu')
  })

  it('--attention is refused for a panel that has no such array', async () => {
    const { status, stderr } = await softscope(['run', 'activations', '--attention', join(folder, 'a.npy')])
    expect([status, stderr]).toEqual([2, expect.stringContaining('activations has no attention to write')])
  })
})

const stories = 'stories260K/stories260K.bin'
describe.skipIf(!haveModel(stories))(
  'softscope run attention on stories260K (skipped where its weights are not beside the project)',
  { timeout: 30_000 },
  () => {
    interface Stories {
      ids: number[]
      perplexity: number
      kurtosis_pearson_per_hidden: number[]
      max_over_median: number[]
      alpha0_all_queries: number[][]
      value_norm_tok0_over_mean_rest: number[][]
      nll_per_token: number[]
    }

    it('gives the golden numbers of s260k_b, and its maps as NPY of float32', async () => {
      const want = golden<Stories>('s260k_b.json')
      const maps = join(folder, 'maps.npy')
      const given = {
        model: resolve(modelsFolder, stories),
        tokenizer: resolve(modelsFolder, 'stories260K/tok512.bin'),
      }
      const results = resultsOf(await run({ ...given, ids: want.ids, normalizer: 'softmax' }, '--attention', maps))
      expect(results.perplexity).toBeCloseTo(want.perplexity, 9)
      expect(worst(results.kurtosis, want.kurtosis_pearson_per_hidden)).toBeLessThan(1e-9)
      expect(worst(results.maxOverMedian, want.max_over_median)).toBeLessThan(1e-8)
      expect(worst(results.valueRatio.flat(), want.value_norm_tok0_over_mean_rest.flat())).toBeLessThan(1e-9)
      // Six decimals are written.
      expect(worst(results.alpha0.flat(), want.alpha0_all_queries.flat())).toBeLessThan(1e-6)
      expect(worst(results.nll, want.nll_per_token)).toBeLessThan(1e-6)
      const T = want.ids.length
      expect(worst(results.lastLogits, goldenFloats('s260k_b.logits.npy').subarray((T - 1) * 512))).toBeLessThan(2e-6)
      const bytes = readFileSync(maps)
      expect(bytes.subarray(10, 10 + bytes.readUInt16LE(8)).toString()).toContain(
        `'descr': '<f4', 'fortran_order': False, 'shape': (5, 8, ${T}, ${T})`,
      )
      const floats = new Float32Array(
        bytes.buffer.slice(bytes.byteOffset + 10 + bytes.readUInt16LE(8), bytes.byteOffset + bytes.length),
      )
      expect(worst(floats, goldenFloats('s260k_b.attn.npy'))).toBeLessThan(1.2e-7)
    })

    it('reads safetensors, config and tokenizer beside the experiment, and a text', async () => {
      for (const name of ['stories260K.f32.safetensors', 'config.json', 'tok512.bin'])
        inFolder(name, modelBytes(`stories260K/${name}`))
      const { text, perplexity } = golden<{ text: string; perplexity: number }>('s260k_a.json')
      const words = text.slice(0, text.indexOf('fell into the') + 'fell into the'.length)
      const results = resultsOf(
        await run({
          model: 'stories260K.f32.safetensors',
          config: 'config.json',
          tokenizer: 'tok512.bin',
          text: words,
        }),
      )
      // The same 64 tokens; the converted weights differ from those of the .bin by rounding in the rotary order alone.
      expect(results.perplexity).toBeCloseTo(perplexity, 6)
    })
  },
)
