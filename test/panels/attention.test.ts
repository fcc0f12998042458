import { describe, expect, it } from 'vitest'
import { describe as described } from '../../src/panels/attention/describe.ts'
import { ownModels, type AttentionExperiment } from '../../src/panels/attention/experiment.ts'
import { attentionPanel } from '../../src/panels/attention/index.ts'
import { openExperiment } from '../../src/panels/openExperiment.ts'
import { golden, goldenFloats, haveModel, worst } from '../models/language/models.ts'
import { resultOf } from './attention.ts'

describe('the models that come with the page', () => {
  it('softmax: its one head is a sink, spends all it has, and drains the value of BOS', async () => {
    const { sinkRate, alpha0, maps, valueRatio, uniformAlpha0, sentence } = await resultOf({})
    expect(sinkRate).toBe(1)
    // The bounds are those that held in every seed; evenly spread attention gives 0.127 at T = 32.
    expect(alpha0[0]![0]).toBeGreaterThan(0.45)
    expect(uniformAlpha0).toBeCloseTo(0.1268, 4)
    expect(maps[0]![0]).toMatchObject({ zeros: 0, deadRows: 0 })
    expect(maps[0]![0]!.rowMass).toBeCloseTo(1, 12)
    expect(valueRatio[0]![0]).toBeLessThan(0.75)
    expect(sentence).toMatch(/^The head gives the first token, “BOS”, more than 0\.3/)
  })

  it('softpick, its twin: no sink, most weights exactly 0, whole rows empty, and as good a guess', async () => {
    const twin = await resultOf({})
    const { sinkRate, alpha0, maps, perplexity, sentence, model } = await resultOf({ model: ownModels.softpick })
    expect(model!.normalizer.id).toBe('softpick')
    expect(sinkRate).toBe(0)
    expect(alpha0[0]![0]).toBeLessThan(0.06)
    expect(maps[0]![0]!.zeros).toBeGreaterThan(0.75)
    expect(maps[0]![0]!.deadRows).toBeGreaterThan(10)
    expect(perplexity! / twin.perplexity!).toBeLessThan(1.15)
    expect(sentence).toContain('No head is a sink on this text')
  })

  it('without its first token the sink goes to a trigger, and the sentence says to which', async () => {
    const { sentence } = await resultOf({ first: 'removed' })
    // The same 31 tokens through the same weights in NumPy, float64: 0.48557 for the fourth.
    expect(sentence).toContain('Of the tokens that half of the queries see, “T3” (4) now gets the most: 0.486.')
    expect((await resultOf({})).sentence).not.toContain('now gets')
  })

  it('softpick put into the softmax weights costs perplexity, and the result says what it was', async () => {
    const plain = await resultOf({})
    const swapped = await resultOf({ normalizer: 'softpick' })
    expect(swapped.perplexity).toBeGreaterThan(plain.perplexity! * 1.05)
    expect(swapped.asTrained).toEqual({ perplexity: plain.perplexity, sinkRate: 1 })
    const one = await resultOf({ heads: [{ layer: 0, head: 0, normalizer: 'softpick' }] })
    expect(one.perplexity).toBe(swapped.perplexity)
    await expect(resultOf({ heads: [{ layer: 1, head: 0, normalizer: 'softpick' }] })).rejects.toThrow(
      'Layer 1, head 0 is not there',
    )
  })

  it('the weights’ own normalizer, put in by name, with its parameters or head by head, is no change and runs once', async () => {
    const plain = await resultOf({})
    const named = [
      { normalizer: 'softmax' },
      { normalizer: { id: 'softmax', params: { T: 1 } } },
      { heads: [{ layer: 0, head: 0, normalizer: 'softmax' }] },
      { normalizer: 'softpick', heads: [{ layer: 0, head: 0, normalizer: 'softmax' }] },
    ]
    for (const fields of named) {
      const { asTrained, sentence, values } = await resultOf(fields)
      expect([asTrained, sentence, 'trainedPerplexity' in values]).toEqual([null, plain.sentence, false])
    }
    const warm = await resultOf({ normalizer: { id: 'softmax', params: { T: 2 } } })
    expect(warm.asTrained!.perplexity).toBe(plain.perplexity)
    expect(warm.sentence).toContain('it was')
  })

  it('without BOS, or with another token in its place, the tokens move and so does the sink', async () => {
    const removed = await resultOf({ first: 'removed' })
    expect([removed.tokens.length, removed.tokens[0]]).toEqual([31, 'l'])
    const replaced = await resultOf({ first: { replace: 'q' } })
    expect([replaced.tokens.length, replaced.tokens[0], replaced.ids![0]]).toEqual([32, 'q', 20])
    expect((await resultOf({ first: { replace: 20 } })).alpha0).toEqual(replaced.alpha0)
    expect(replaced.alpha0).not.toEqual((await resultOf({})).alpha0)
  })

  it('T of the sink rate cuts the maps: α of the first token at T = 1 would be 1, so T starts at 2', async () => {
    const { alpha0, metricTokens, importance } = await resultOf({ metricTokens: 2 })
    const whole = await resultOf({})
    const second = whole.arrays.attention.values[32]!
    expect([metricTokens, importance[0]![0]!.length]).toEqual([2, 2])
    expect(alpha0[0]![0]).toBeCloseTo((1 + second) / 2, 12)
    await expect(resultOf({ metricTokens: 1 })).rejects.toThrow('metricTokens must be a whole number from 2')
  })

  it('names what ran it: float64 for a toy unless another engine is chosen, which then gives nearly the same', async () => {
    const own = await resultOf({})
    expect(own.ran).toMatchObject({
      id: 'cpu',
      precision: 'float64',
      why: 'too short a text to time engines on, and float64 keeps most digits',
    })
    const wasm = await resultOf({ engine: 'wasm' })
    expect(wasm.ran).toMatchObject({ id: 'wasm', precision: 'float32', why: 'as chosen' })
    // 24 bits through one layer.
    expect(worst(wasm.arrays.attention.values, own.arrays.attention.values)).toBeLessThan(1e-5)
    expect((await resultOf({ engine: 'webgpu' })).ran).toMatchObject({
      id: 'cpu',
      why: 'WebGPU, which was chosen, cannot run this: there is no WebGPU here',
    })
  })

  it('of one token there is no perplexity, which is null and not NaN, and one token is called one', async () => {
    const { perplexity, asTrained, values, sentence, nll } = await resultOf({ ids: [0], normalizer: 'softpick' })
    expect([perplexity, asTrained, 'perplexity' in values, nll!.length]).toEqual([null, null, false, 0])
    expect(sentence).toMatch(/^With one token, even attention/)
  })

  it('epsilon moves the sentence without a run', async () => {
    const result = await resultOf({})
    const opened = openExperiment(attentionPanel, { epsilon: 0.99 }, 1)
    const experiment = ('experiment' in opened && opened.experiment) as AttentionExperiment
    expect(described(experiment, result)).toMatchObject({ values: { sinkRate: 0, epsilon: 0.99 } })
  })
})

describe.skipIf(!haveModel('stories260K'))(
  'stories260K through the panel (skipped where its weights are not beside the project)',
  () => {
    const files = { model: 'stories260K/stories260K.bin', tokenizer: 'stories260K/tok512.bin' }

    it('text of s260k_a: the golden first 64 tokens, and no sink at T = 64', async () => {
      const { text, ids } = golden<{ text: string; ids: number[] }>('s260k_a.json')
      const result = await resultOf({ ...files, text, metricTokens: 64 })
      expect(result.ids!.slice(0, 64)).toEqual(ids)
      expect(result.tokens.slice(0, 4)).toEqual(['<s>', ' Once', ' upon', ' a'])
      expect([result.sinkRate, result.layers, result.heads]).toEqual([0, 5, 8])
    })

    it('ids of s260k_b: maps, kurtosis and perplexity are the golden ones', async () => {
      const want = golden<{ ids: number[]; kurtosis_pearson_per_hidden: number[]; perplexity: number }>('s260k_b.json')
      const { arrays, kurtosis, perplexity } = await resultOf({ ...files, ids: want.ids })
      expect(worst(arrays.attention.values, goldenFloats('s260k_b.attn.npy'))).toBeLessThan(6e-8)
      expect(worst(kurtosis, want.kurtosis_pearson_per_hidden)).toBeLessThan(1e-9)
      expect(perplexity).toBeCloseTo(want.perplexity, 9)
    })

    it('where no text is given, read a sentence, not the names of the toy’s tokens; a text that is given stays', async () => {
      const { tokens } = await resultOf(files)
      expect(tokens.slice(0, 6)).toEqual(['<s>', ' Once', ' upon', ' a', ' time', ','])
      expect((await resultOf({ ...files, text: 'BOS l s' })).tokens.join('')).toBe('<s> BOS l s')
      expect((await resultOf({})).tokens.slice(0, 4)).toEqual(['BOS', 'l', 's', 's'])
    })

    it('never says what they were trained with, since their file does not: softmax is called the usual one', async () => {
      const { sentence, model, perplexity, asTrained } = await resultOf({
        ...files,
        text: 'Tom and Mia saw a big dog.',
        normalizer: 'softpick',
      })
      expect(model).toMatchObject({ normalizer: { id: 'softmax' }, normalizerSaid: false })
      expect(sentence).toContain(
        `With another normalizer than the usual softmax the perplexity is ${perplexity!.toFixed(2)}; with that it is ${asTrained!.perplexity.toFixed(2)}.`,
      )
      expect(sentence).not.toContain('training')
      expect((await resultOf({})).model!.normalizerSaid).toBe(true)
    })

    it('“big” and “ big” are one and the same token to put first; of more tokens the first, and a notice says so', async () => {
      for (const replace of ['big', ' big']) {
        const { tokens, notices } = await resultOf({ ...files, text: 'Tom and Mia', first: { replace } })
        expect([tokens[0], notices]).toEqual([' big', []])
      }
      const { tokens, notices } = await resultOf({ ...files, text: 'Tom and Mia', first: { replace: 'bigbig' } })
      expect([tokens[0], notices]).toEqual([
        ' big',
        ['“bigbig” is 3 tokens of this model; the first of them, “␣big”, is put in.'],
      ])
    })

    it('an empty text is the tokenizer’s own first token, and the notice says so', async () => {
      const { tokens, notices } = await resultOf({ ...files, text: ' ' })
      expect([tokens[0], notices]).toEqual([
        '<s>',
        ['The text is empty: all that is read is what the tokenizer puts before every text.'],
      ])
    })

    it('a text of more than 512 tokens is cut, and the notice says so', async () => {
      const { tokens, notices } = await resultOf({ ...files, text: 'and so on '.repeat(400) })
      expect(tokens.length).toBe(512)
      expect(notices[0]).toMatch(/^The text has \d+ tokens; this model takes 512, so the first 512 are read\.$/)
    })
  },
)
