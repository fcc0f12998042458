import { describe, expect, it } from 'vitest'
import type { RankExperiment } from '../../src/panels/rank/experiment.ts'
import { npyBytes } from '../models/readers/npyBytes.ts'
import { rankOf, withSpectrum } from './rankMatrices.ts'

const small = { vocabulary: 40, hidden: 6, prompts: 30 }
const allOnes = 'which adds the all-ones direction'
const counts = 'the rank only counts prompts'
const cases: [Partial<RankExperiment>, string, string][] = [
  [{}, 'Theory says 7 = d + 1: ', allOnes],
  [{ view: 'logits' }, 'Theory says 6 = d: ', 'hidden states of d numbers times the output matrix'],
  [{ view: 'centred' }, 'Theory says 6 = d: ', 'centring takes the logarithm of the normaliser off'],
  [{ bias: true }, 'Theory says 8 = d + 2: ', 'the output bias adds a constant row; each row of log-probabilities'],
  [{ view: 'logits', norm: 'layer' }, 'Theory says 5 = d − 1: ', 'LayerNorm takes the mean off'],
  [{ view: 'logits', norm: 'layer-shift' }, 'Theory says 6 = d: ', 'the norm’s shift adds a constant row'],
  [
    { view: 'logits', norm: 'layer-shift', bias: true },
    'Theory says 6 = d: ',
    'the norm’s shift and the output bias together add a constant row',
  ],
  [{ view: 'logits', bias: true, promptMeanRemoved: true }, 'Theory says 6 = d: ', 'goes with the mean over prompts'],
  [
    { view: 'logits', norm: 'layer', precision: 'int8', rounded: 'hidden' },
    'Theory says 6 = d: ',
    'rounding the hidden states puts back the direction that LayerNorm takes',
  ],
  [
    { view: 'logits', norm: 'layer-shift', bias: true, precision: 'f16', rounded: 'hidden' },
    'Theory says 7 = d + 1: ',
    'the output bias adds a constant row',
  ],
  [
    { norm: 'layer-shift', precision: 'bf16', rounded: 'hidden', promptMeanRemoved: true },
    'Theory says 7 = d + 1: ',
    allOnes,
  ],
  [{ layer: 'mixture-of-contexts', norm: 'layer' }, 'Theory says 7 = d + 1: ', allOnes],
  [{ prompts: 5 }, 'Theory says 5, as many as prompts: ', `${counts} until there are more than 7.`],
  [{ prompts: 7 }, 'Theory says 7, as many as prompts: ', `${counts} until there are more than 7.`],
  [{ prompts: 5, promptMeanRemoved: true }, 'Theory says 4, 5 prompts less their mean: ', counts],
  [{ hidden: 20, vocabulary: 12 }, 'Theory says 12: ', 'the vocabulary holds no more directions'],
  [{ view: 'logits', softCap: 2 }, 'Nothing bounds the rank: ', 'the soft-cap is not linear'],
  [{ view: 'probabilities' }, 'Nothing bounds the rank: ', 'probabilities are exponentials'],
  [{ layer: 'sigsoftmax' }, 'Nothing bounds the rank: ', 'sigsoftmax, is not linear'],
]
const phrases = [allOnes, counts, 'output bias', 'LayerNorm', 'centring', 'goes with the mean', 'the vocabulary']

describe('the sentence on the rank of a made model', () => {
  it.each(cases)('%j: %s', async (patch, start, reason) => {
    const { sentence, rankTol, expectedRank } = await rankOf({ view: 'log-probabilities', ...small, ...patch })
    const theory = sentence.slice(sentence.search(/Theory says|Nothing bounds/))
    expect(theory.startsWith(start)).toBe(true)
    expect(theory).toContain(reason)
    // The number is what another rule finds in the matrix.
    expect(rankTol).toBe(expectedRank ?? Math.min(small.vocabulary, small.prompts))
  })

  it('says nothing of what is not so', async () => {
    const said = async (patch: Partial<RankExperiment>) => {
      const { sentence } = await rankOf({ ...small, ...patch })
      return phrases.filter((phrase) => sentence.includes(phrase))
    }
    expect(await said({})).toEqual([])
    expect(await said({ view: 'log-probabilities' })).toEqual([allOnes])
    expect(await said({ view: 'centred' })).toEqual(['centring'])
    expect(await said({ prompts: 5, bias: true })).toEqual([counts])
    expect(await said({ prompts: 8, view: 'log-probabilities' })).toEqual([allOnes])
  })

  it('names no cliff where the rank only counts prompts, though log-probabilities drop behind their mean', async () => {
    const { sentence, logGap } = await rankOf({ view: 'log-probabilities', prompts: 12 })
    expect(logGap).toBeGreaterThan(2)
    expect(sentence).toContain('has no cliff: rank 12')
  })

  it('gives no theory for a brought matrix, but tells where its rank only counts its rows', async () => {
    const bytes = (rows: number, s: number[]) =>
      npyBytes(Float64Array.from(withSpectrum(rows, 25, s).flat()), { descr: '<f8', shape: `(${rows}, 25)` })
    const full = await rankOf({ file: 'a' }, { files: { a: bytes(3, [9, 5, 2]) } })
    expect(full.sentence).toContain('As many as rows: the rank only counts rows.')
    const low = await rankOf({ file: 'a' }, { files: { a: bytes(30, [9, 5, 2]) } })
    expect(low.sentence).not.toMatch(/only counts|Theory|Nothing bounds/)
  })
})
