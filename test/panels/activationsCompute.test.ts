import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import { cpuSource } from '../../src/engine/cpuRung.ts'
import { compute } from '../../src/panels/activations/compute.ts'
import { schema } from '../../src/panels/activations/experiment.ts'
import type { ActivationsResult } from '../../src/panels/activations/result.ts'
import type { ComputeContext, DataTable } from '../../src/panels/contract.ts'

const context = (over: Partial<ComputeContext> = {}): ComputeContext => ({
  engine: createEngine([cpuSource]),
  signal: new AbortController().signal,
  progress: () => undefined,
  data: async () => null,
  file: () => Promise.reject(new Error('no files here')),
  ...over,
})

async function resultsOf(fields: object, over?: Partial<ComputeContext>): Promise<ActivationsResult[]> {
  const out: ActivationsResult[] = []
  for await (const result of compute(parse(schema, fields), context(over))) out.push(result)
  return out
}
const resultOf = async (fields: object, over?: Partial<ComputeContext>) => (await resultsOf(fields, over)).at(-1)!
const close = (value: number | null | undefined, wanted: number) => expect(value).toBeCloseTo(wanted, 14)

describe('activations of [ln 3, 0]', () => {
  const row = { logits: [Math.log(3), 0], variants: ['softmax', 'sparsemax', 'softmax-n'] }

  it('gives softmax ¾ and ¼, sparsemax 1 and 0, softmax-n ⅗ and ⅕ with ⅕ unspent (by hand)', async () => {
    const { variants } = await resultOf(row)
    const [softmax, sparsemax, softmaxN] = variants
    close(softmax?.weights?.[0], 3 / 4)
    expect([...sparsemax!.weights!]).toEqual([1, 0])
    expect(sparsemax!.stats.support).toBe(1)
    close(softmaxN?.weights?.[1], 1 / 5)
    close(softmaxN?.stats.unspent, 1 / 5)
    // −¾ ln ¾ − ¼ ln ¼ = ln 4 − ¾ ln 3
    close(softmax?.stats.entropyNats, Math.log(4) - 0.75 * Math.log(3))
    close(softmax?.stats.entropyBits, 2 - 0.75 * Math.log2(3))
    // 1 · ln(1 / ¾), and for softmax-n the shares of what is spent are softmax itself.
    close(sparsemax?.stats.klNats, Math.log(4 / 3))
    close(softmaxN?.stats.klNats, 0)
  })

  it('takes differences from the reference: ¼ more and ¼ less in sparsemax than in softmax', async () => {
    const { variants, reference } = await resultOf({ ...row, reference: 'softmax' })
    expect(reference).toBe('softmax')
    close(variants[1]?.difference?.[0], 1 / 4)
    close(variants[1]?.difference?.[1], -1 / 4)
    expect((await resultOf(row)).variants[1]?.difference).toBeNull()
  })

  it('publishes shares by name and by index, and the numbers by variant', async () => {
    const { values } = await resultOf({ ...row, names: ['cat'] })
    expect(values).toMatchObject({
      support: { softmax: 2, sparsemax: 1 },
      sum: { sparsemax: 1 },
      argmax: { softmax: 'cat' },
    })
    const share = (values['share'] as Record<string, Record<string, number>>)['softmax']!
    expect(Object.keys(share)).toEqual(['0', '1', 'cat'])
    expect(share['cat']).toBe(share['0'])
  })

  it('says what one sees', async () => {
    expect((await resultOf({ ...row, names: ['cat'] })).sentence).toBe(
      'Softmax gives 75 % to cat. Sparsemax keeps 1 of 2 entries. Softmax-n leaves 20 % unspent.',
    )
  })
})

describe('activations of other rows', () => {
  it('scales and shifts before anything else: 2x + 1', async () => {
    expect([...(await resultOf({ logits: [1, -1], scale: 2, shift: 1 })).logits!]).toEqual([3, -1])
  })

  it('drops a masked entry: the others share as if it were not there', async () => {
    const { variants, sentence } = await resultOf({ logits: [9, 0, 0], masked: [0], variants: ['softmax'] })
    expect([...variants[0]!.weights!]).toEqual([0, 0.5, 0.5])
    expect(variants[0]!.stats).toMatchObject({ masked: 1, zeros: 0, support: 2 })
    expect(sentence).toBe('Softmax gives 50 % to entry 1.')
  })

  it('tells two of a kind apart by what differs', async () => {
    const { variants } = await resultOf({
      logits: [1, 0],
      variants: ['entmax', { id: 'entmax', params: { alpha: 2 } }],
    })
    expect(variants.map(({ label }) => label)).toEqual(['entmax alpha 1.5', 'entmax alpha 2'])
  })

  it('has a sentence for no logits, no variants, one entry, all masked', async () => {
    const sentence = async (fields: object) => (await resultOf(fields)).sentence
    expect(await sentence({ variants: ['softmax'] })).toMatch(/^There are no logits yet/)
    expect(await sentence({ logits: [1, 2] })).toMatch(/no variant yet/)
    expect(await sentence({ logits: [1], variants: ['softmax'] })).toBe('Softmax gives the only entry 100 %.')
    expect(await sentence({ logits: [1], masked: [0], variants: ['softmax'] })).toMatch(/^Every entry is masked/)
  })

  it('reads its row of the data, and says what to do where the data is not there', async () => {
    const table: DataTable = { key: 'k', name: 'a.csv', rows: 2, cols: 2, values: Float64Array.of(1, 2, 3, 4) }
    const fields = { data: { key: 'k', name: 'a.csv', row: 1, rows: 2, cols: 2 }, variants: ['softmax'] }
    expect([...(await resultOf(fields, { data: async () => table })).logits!]).toEqual([3, 4])
    await expect(resultOf(fields)).rejects.toThrow(/does not have the numbers of a\.csv \(2 × 2\)\. Paste or drop/)
  })

  it('gives the same Gaussian row for the same seed, with the deviation asked for', async () => {
    const row = async (seed: number, sd: number) => [
      ...(await resultOf({ generate: { kind: 'gaussian', n: 1000, seed, sd } })).logits!,
    ]
    const once = await row(1, 1)
    expect(await row(1, 1)).toEqual(once)
    expect(await row(2, 1)).not.toEqual(once)
    const tripled = await row(1, 3)
    expect(tripled[7]).toBe(once[7]! * 3)
    // 1000 draws: the deviation of the sample deviation is about 1 / √2000 = 0.022; 5 of these.
    const sd = Math.sqrt(once.reduce((sum, value) => sum + value * value, 0) / 1000)
    expect(Math.abs(sd - 1)).toBeLessThan(0.11)
  })

  it('keeps a long row out of the result, and tells of its progress', async () => {
    const result = await resultOf({
      generate: { kind: 'gaussian', n: 5000, seed: 1, sd: 1 },
      variants: ['softmax', 'sparsemax'],
    })
    expect(result.logits).toBeNull()
    expect(result.variants.every(({ weights, overview }) => weights === null && overview !== null)).toBe(true)
    expect(result.variants[1]!.overview!.histogram.zeros + result.variants[1]!.stats.support).toBe(5000)
  })

  it('stops when its signal fires', async () => {
    const controller = new AbortController()
    const run = resultsOf(
      { generate: { kind: 'gaussian', n: 300_000, seed: 1, sd: 1 }, variants: ['softmax', 'entmax', 'sparsemax'] },
      { signal: controller.signal, progress: () => controller.abort() },
    )
    await expect(run).rejects.toThrow(/abort/i)
  })
})
