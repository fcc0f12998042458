import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import * as edits from '../../src/panels/activations/edits.ts'
import { schema, type ActivationsExperiment } from '../../src/panels/activations/experiment.ts'

const experiment = (fields: object): ActivationsExperiment => parse(schema, fields)
const words = experiment({ logits: [1, 3, 2], names: ['a', 'b', 'c'], masked: [2], variants: ['softmax', 'entmax'] })

describe('edits of the row', () => {
  it('withLogit sets what the bar shows, scale and shift taken back', () => {
    const scaled = { ...words, scale: 2, shift: 5 }
    const patch = edits.withLogit(scaled, edits.writtenRow(scaled)!, 0, 8)
    expect(patch).toEqual({ logits: [1.5, 3, 2] })
    expect([...edits.writtenRow({ ...scaled, ...patch })!]).toEqual([8, 11, 9])
  })

  it('withLogit writes a generated row out, as it is shown', () => {
    const generated = experiment({ generate: { kind: 'gaussian', n: 3, seed: 1, sd: 1 }, scale: 2 })
    expect(edits.withLogit(generated, Float64Array.of(0.5, 1.5, 2.5), 1, 9)).toEqual({
      logits: [0.5, 9, 2.5],
      generate: null,
      data: null,
      scale: 1,
      shift: 0,
    })
  })

  it('withoutEntry takes the name along, and moves masks behind it', () => {
    expect(edits.withoutEntry(words, 0)).toEqual({ logits: [3, 2], names: ['b', 'c'], masked: [1] })
    expect(edits.withoutEntry(words, 2)).toEqual({ logits: [1, 3], names: ['a', 'b'], masked: [] })
  })

  it('sortedEntries keeps names and masks with their logits', () => {
    expect(edits.sortedEntries(words)).toEqual({ logits: [3, 2, 1], names: ['b', 'c', 'a'], masked: [1] })
  })

  it('shuffledEntries is a permutation that its seed decides', () => {
    const many = experiment({ logits: Array.from({ length: 20 }, (_, i) => i) })
    const once = edits.shuffledEntries(many, 1).logits!
    expect(edits.shuffledEntries(many, 1).logits).toEqual(once)
    expect(edits.shuffledEntries(many, 2).logits).not.toEqual(once)
    expect([...once].sort((a, b) => a - b)).toEqual(many.logits)
  })

  it('withEntry names the new entry only among names', () => {
    expect(edits.withEntry(words)).toEqual({ logits: [1, 3, 2, 2], names: ['a', 'b', 'c', 'entry 4'] })
    expect(edits.withEntry(experiment({ logits: [1, 2] }))).toEqual({ logits: [1, 2, 2] })
  })

  it('withMask turns a mask on and off, withName names one entry and leaves the others numbered', () => {
    expect(edits.withMask(words, 0)).toEqual({ masked: [2, 0] })
    expect(edits.withMask(words, 2)).toEqual({ masked: [] })
    expect(edits.withName(experiment({ logits: [1, 2, 3] }), 1, 'x')).toEqual({ names: ['', 'x'] })
    expect(edits.withName(experiment({ logits: [1, 2], names: ['', 'x'] }), 1, '')).toEqual({ names: [] })
  })

  it('withRow reads −Infinity as a masked entry', () => {
    expect(edits.withRow([1, -Infinity, 2], [])).toMatchObject({ logits: [1, 0, 2], masked: [1], data: null })
  })
})

describe('edits of the variants', () => {
  it('withVariant adds another of a kind under an id of its own', () => {
    expect(edits.withVariant(words, 'entmax').variants.map(({ id }) => id)).toEqual(['softmax', 'entmax', 'entmax-2'])
  })

  it('withoutVariant drops the reference with its variant', () => {
    expect(edits.withoutVariant({ ...words, reference: 'softmax' }, 'softmax')).toMatchObject({ reference: null })
    expect(edits.withoutVariant({ ...words, reference: 'softmax' }, 'entmax')).toMatchObject({ reference: 'softmax' })
  })

  it('withAllVariants adds those that are missing, once', () => {
    const { variants } = edits.withAllVariants(words)
    expect(new Set(variants.map(({ normalizer }) => normalizer)).size).toBe(variants.length)
    expect(variants.length).toBeGreaterThanOrEqual(19)
  })
})
