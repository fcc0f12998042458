import { describe, expect, it } from 'vitest'
import { rankOf } from './rankMatrices.ts'

const level = 'The first value is only the common level of the log-probabilities, the all-ones direction.'
const view = 'log-probabilities' as const

describe('the first value of log-probabilities, far above the others', () => {
  it.each([
    ['a mixture of softmaxes', { layer: 'mixture-of-softmaxes' as const }],
    ['as many directions as prompts', { hidden: 200 }],
  ])('is said to be their common level, and no cliff: %s', async (_, patch) => {
    const { sentence, rankGap, logGap, isFromLevel, laterDrop } = await rankOf({ view, ...patch })
    expect([rankGap, isFromLevel, laterDrop]).toEqual([1, true, null])
    expect(logGap).toBeGreaterThan(2)
    expect(sentence).toContain(`has no cliff: rank 96 by float64’s tolerance. ${level}`)
    expect(sentence).not.toMatch(/behind singular value|step/)
  })

  // The part of ln σ(z) + z that is linear in the hidden state has rank d, and the normaliser adds one.
  it.each([12, 24, 40])('hides the step of sigsoftmax at d + 1, which is told: d = %d', async (hidden) => {
    const { sentence, laterDrop, singularValues: s } = await rankOf({ view, layer: 'sigsoftmax', hidden })
    expect(laterDrop?.behind).toBe(hidden + 1)
    expect(Math.exp(laterDrop!.logGap)).toBeCloseTo(s[hidden]! / s[hidden + 1]!, 9)
    expect(sentence).toContain(level)
    const told = laterDrop!.logGap > 2 ? `behind singular value ${hidden + 1}` : `is at value ${hidden + 1} = d + 1.`
    expect(sentence).toContain(told)
    expect(sentence).not.toMatch(/behind singular value 1\b/)
  })

  it('is nothing where a later drop is larger, where it is the whole rank, or in another view', async () => {
    const first = async (patch: object) => (await rankOf(patch)).isFromLevel
    expect(await first({ view })).toBe(false)
    expect(await first({ view: 'probabilities' })).toBe(false)
    expect(await first({ view: 'centred', layer: 'sigsoftmax' })).toBe(false)
    // Equal logits: every log-probability is −ln 3, a matrix of rank 1.
    const flat = new TextEncoder().encode('1,1,1\n2,2,2\n')
    expect(await rankOf({ view, file: 'a' }, { files: { a: flat } })).toMatchObject({ isFromLevel: false, rankTol: 1 })
  })
})

it('a matrix of zeros is said to be one, with the size that it has in its file', async () => {
  const files = { 'zeros.csv': new TextEncoder().encode('0,0,0\n'.repeat(4)) }
  const { sentence, rankTol } = await rankOf({ file: 'zeros.csv' }, { files })
  expect(sentence).toBe('Every entry of the 4 × 3 matrix of zeros.csv, as logits, is 0, and so is its rank.')
  expect(rankTol).toBe(0)
})
