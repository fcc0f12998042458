import { safeParse, parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { defaults, entriesOf, fitsInFrame, schema } from '../../src/panels/activations/experiment.ts'
import { presets } from '../../src/panels/activations/presets.ts'
import { schemaProblems } from '../../src/panels/schemaProblems.ts'

const problems = (fields: object): string[] => {
  const parsed = safeParse(schema, fields)
  return parsed.success ? [] : schemaProblems(parsed.issues)
}

describe('the experiment of activations', () => {
  it('takes a variant by its id alone, and fills its parameters', () => {
    const { variants } = parse(schema, {
      logits: [1, 0],
      variants: ['softmax', { id: 'entmax', params: { alpha: 2 } }],
    })
    expect(variants).toEqual([
      { id: 'softmax', normalizer: 'softmax', params: { T: 1 } },
      { id: 'entmax', normalizer: 'entmax', params: { alpha: 2 } },
    ])
  })

  it('gives the second of a kind an id of its own, which stays when it is read again', () => {
    const once = parse(schema, { variants: ['entmax', { id: 'entmax', params: { alpha: 2 } }] })
    expect(once.variants.map(({ id, normalizer }) => [id, normalizer])).toEqual([
      ['entmax', 'entmax'],
      ['entmax-2', 'entmax'],
    ])
    expect(parse(schema, once)).toEqual(once)
  })

  it('accepts what it gives, for the defaults and for every preset', () => {
    for (const { experiment } of [{ experiment: {} }, ...presets]) {
      const once = parse(schema, { ...defaults, ...experiment })
      expect(parse(schema, once)).toEqual(once)
      expect(parse(schema, JSON.parse(JSON.stringify(once)))).toEqual(once)
    }
  })

  it('says in one sentence what is wrong, and where', () => {
    expect(problems({ logits: [1, 'a'] })).toEqual(['logits.1: a logit must be a number.'])
    expect(problems({ logits: [1], masked: [3] })).toEqual([
      'masked: the indices must be below 1, the number of logits.',
    ])
    expect(problems({ logits: [1], names: ['a', 'b'] })[0]).toMatch(/^names: there are 2 names for 1 logits/)
    expect(problems({ variants: ['sofmax'] })[0]).toMatch(
      /^variants\.0: there is no variant "sofmax"; there are softmax, /,
    )
    expect(problems({ variants: [{ id: 'softmax', params: { T: 0 } }] })).toEqual([
      'variants.0: softmax: T is 0; it must be a finite number above 0.',
    ])
    expect(problems({ variants: [{ id: 'softmax', params: { heat: 1 } }] })[0]).toMatch(/there is no parameter "heat"/)
    expect(problems({ variants: ['softmax'], reference: 'entmax' })).toEqual([
      'reference: there is no variant "entmax" here; there are softmax.',
    ])
    expect(problems({ scale: 0 })).toEqual(['scale: scale must be above 0.'])
    expect(problems({ generate: { kind: 'gaussian', n: 2e6, seed: 1, sd: 1 } })).toEqual([
      'generate.n: n must be a whole number from 1 to 1000000.',
    ])
    expect(problems({ generate: { kind: 'gaussian', n: 2, seed: 1, sd: 1, mean: 0 } })[0]).toMatch(
      /there is no such field/,
    )
    expect(problems({ data: { key: 'k', name: 'a.npy', row: 4, rows: 4, cols: 2 } })).toEqual([
      'data: row is 4; the table has 4, counted from 0.',
    ])
    expect(problems({ layout: 'round' })).toEqual(['layout: layout must be multiples or overlaid.'])
    expect(problems({ variants: [3] })[0]).toMatch(/^variants\.0: each variant is an id/)
  })

  it('counts entries where they come from: data before generated before written', () => {
    const generate = { kind: 'gaussian', n: 4096, seed: 1, sd: 1 } as const
    const data = { key: 'k', name: 'a', row: 0, rows: 1, cols: 7 }
    expect(entriesOf({ logits: [1], generate: null, data: null })).toBe(1)
    expect(entriesOf({ logits: [1], generate, data: null })).toBe(4096)
    expect(entriesOf({ logits: [1], generate, data })).toBe(7)
  })

  it('leaves the page’s thread for a long row, and for the GPU', () => {
    expect(fitsInFrame(defaults)).toBe(true)
    expect(fitsInFrame({ ...defaults, gpu: true })).toBe(false)
    expect(fitsInFrame({ ...defaults, generate: { kind: 'gaussian', n: 1_000_000, seed: 1, sd: 1 } })).toBe(false)
  })
})
