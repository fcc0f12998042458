import { describe, expect, it } from 'vitest'
import { writeNpy } from '../../src/models/readers/writeNpy.ts'
import { brought, resultOf } from './attention.ts'

describe('the head that is looked at', () => {
  // α of the first token of four heads: 1/2, 5/8 in layer 0, 3/4, 1 in layer 1; two tokens.
  const map = (first: number) => [1, 0, first, 0]
  const at = async (fields: object) => {
    brought.set('four.npy', writeNpy([2, 2, 2, 2], [...map(0), ...map(0.25), ...map(0.5), ...map(1)]))
    const { values, sentence } = await resultOf({ attention: 'four.npy', ...fields })
    return { where: [values['layer'], values['head'], values['alpha0']], sentence }
  }

  it('is the strongest of all, of a layer alone or of a head alone, or the very one that is named', async () => {
    expect((await at({})).where).toEqual([1, 1, 1])
    expect((await at({ layer: 0 })).where).toEqual([0, 1, 0.625])
    expect((await at({ head: 0 })).where).toEqual([1, 0, 0.75])
    expect((await at({ layer: 0, head: 0 })).where).toEqual([0, 0, 0.5])
  })

  it('is the strongest where the named one is not there, and the sentence says so', async () => {
    for (const [fields, words] of [
      [{ layer: 9, head: 0 }, 'There is no layer 9, head 0, counted from 0: layers go to 1, heads to 1.'],
      [{ layer: 2 }, 'There is no layer 2, counted from 0'],
      [{ head: 2 }, 'There is no head 2, counted from 0'],
    ] as const) {
      const { where, sentence } = await at(fields)
      expect(where).toEqual([1, 1, 1])
      expect(sentence).toContain(words)
    }
    expect((await at({ layer: 1, head: 1 })).sentence).not.toContain('There is no')
  })
})

describe('maps from elsewhere', () => {
  it('weights of rows that do not sum to 1 are called weights, with the sum of the rows beside them', async () => {
    const T = 10
    const of = (onFirst: number, onSelf: number) =>
      Array.from({ length: T * T }, (_, i) => (i % T === 0 ? onFirst : i % T === Math.floor(i / T) ? onSelf : 0))
    brought.set('heavy.npy', writeNpy([1, 1, T, T], of(2, 2.5)))
    // (2 + 9 · 4.5) / 10.
    expect((await resultOf({ attention: 'heavy.npy' })).sentence).toMatch(
      /^The head gives the first token, “1”, a mean weight above 0\.3: at most 2\.000 in a head whose rows sum to 4\.25 on average \(T = 10;/,
    )
    brought.set('light.npy', writeNpy([1, 1, T, T], of(0.25, 0)))
    expect((await resultOf({ attention: 'light.npy' })).sentence).toMatch(
      /none gives the first token, “1”, a mean weight above 0\.3; the most is 0\.250 in a head whose rows sum to 0\.25 on average/,
    )
    const even = Array.from({ length: T * T }, (_, i) =>
      i % T === 0 ? (i === 0 ? 1 : 0.5) : i % T === Math.floor(i / T) ? 0.5 : 0,
    )
    brought.set('whole.npy', writeNpy([1, 1, T, T], even))
    expect((await resultOf({ attention: 'whole.npy' })).sentence).toContain(
      'more than 0.3 of the attention: at most 0.550 (T',
    )
  })

  it('NPY of shape (1, 2, 3, 3) with names: α by hand, no perplexity', async () => {
    brought.set('maps.npy', writeNpy([1, 2, 3, 3], [1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0.5, 0.5]))
    brought.set('names.json', new TextEncoder().encode('["<s>", "Ġa", "▁b"]'))
    const result = await resultOf({ attention: 'maps.npy', tokens: 'names.json' })
    expect(result).toMatchObject({
      model: null,
      perplexity: null,
      tokens: ['<s>', ' a', ' b'],
      alpha0: [[1, 1 / 3]],
      sinkRate: 1,
    })
    expect(result.uniformAlpha0).toBeCloseTo(11 / 18, 14)
    expect(Array.from(result.importance[0]![1]!)).toEqual([1 / 3, 0.75, 0.5])
    expect(result.sentence).toContain('ε = 0.3 tells no sink from none. Write a longer text.')
  })

  it('keep their first token: what only a model can be asked is not said of them, and a notice names it', async () => {
    const plain = await resultOf({ attention: 'maps.npy' })
    for (const first of ['removed', { replace: 'x' }]) {
      const { sentence, notices } = await resultOf({ attention: 'maps.npy', first })
      expect(sentence).toBe(plain.sentence)
      expect(notices).toEqual([
        ...plain.notices,
        'Not used, since it takes a model and these are maps from elsewhere: first.',
      ])
    }
    const heads = [{ layer: 5, head: 0, normalizer: 'softpick' }]
    const { notices } = await resultOf({ attention: 'maps.npy', normalizer: 'softmax', heads, ids: [1] })
    expect(notices.at(-1)).toMatch(/maps from elsewhere: normalizer, heads, ids\.$/)
  })

  it('names for other tokens and a file that is no map are refused by file name', async () => {
    brought.set('two.json', new TextEncoder().encode('["a", "b"]'))
    await expect(resultOf({ attention: 'maps.npy', tokens: 'two.json' })).rejects.toThrow(
      'two.json: 2 names for 3 tokens',
    )
    await expect(resultOf({ attention: 'names.json' })).rejects.toThrow(/^names\.json/)
    brought.set('broken.json', new TextEncoder().encode('["a", '))
    await expect(resultOf({ attention: 'maps.npy', tokens: 'broken.json' })).rejects.toThrow(
      'broken.json: the tokens are not JSON',
    )
  })
})
