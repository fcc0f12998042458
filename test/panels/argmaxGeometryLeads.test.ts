import { describe, expect, it } from 'vitest'
import { describe as inWords } from '../../src/panels/argmaxGeometry/describe.ts'
import { experiment, lastResult } from './argmaxGeometry.ts'

const cross = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [0, 0],
]

/** Lead of a token's logit over the next at h, by plain sums. */
function leadAt(W: Float64Array, b: Float64Array | null, d: number, token: number, h: readonly number[]): number {
  const z = Array.from({ length: W.length / d }, (_, j) =>
    h.reduce((sum, x, k) => sum + x * W[j * d + k]!, b?.[j] ?? 0),
  )
  return z[token]! - Math.max(...z.filter((_, j) => j !== token))
}

describe('the lead of a token that can win', () => {
  it.each([{}, { vocabulary: 30, seed: 1108, biasSeed: 1208 }, { vocabulary: 80, d: 3, seed: 1104 }])(
    'is the difference to the next logit at its state, for %j, and the smallest is the least of them',
    async (patch) => {
      const { W, b, dimensions, winsAt, margin, smallestMargin } = await lastResult(patch)
      const leads = Object.entries(winsAt).map(([token, h]) => leadAt(W!, b, dimensions, Number(token), h))
      expect(Object.keys(margin)).toEqual(Object.keys(winsAt))
      Object.values(margin).forEach((each, k) => {
        expect(each).toBeLessThanOrEqual(leads[k]! + 1e-12)
        expect(each).toBeGreaterThan(leads[k]! - 1e-12)
      })
      expect(Math.abs(smallestMargin! - Math.min(...leads))).toBeLessThan(1e-12)
    },
  )

  it('of token 5 of the first layer is 0.9487', async () => {
    // Found by another program for the same seed.
    expect((await lastResult({})).margin[5]).toBeCloseTo(0.9487, 4)
  })

  it('exists at the scale 1e-200 too, where nobody is lost that was not', async () => {
    const small = cross.map((row) => row.map((x) => x * 1e-200))
    const { unargmaxable, sentence, values } = await lastResult({ W: small })
    expect(unargmaxable).toEqual([4])
    expect(sentence).not.toContain('tie')
    expect(values['winner']).toBe('nobody alone')
    expect((await lastResult({ W: small, token: 0 })).values['winner']).toBe('0')
  })
})

describe('the published ceiling', () => {
  it('of a winner without a bias is 1, and of one in a region that ends what is attained there', async () => {
    expect((await lastResult({ token: 5 })).values['ceiling']).toBe(1)
    const { values, sentence } = await lastResult({ W: cross, b: [0, 0, 0, 0, 0.5], token: 4 })
    // √e / (√e + 4), at h = 0 by symmetry.
    expect(values).toMatchObject({
      verdict: 'can win',
      ceiling: expect.closeTo(1 / (1 + 4 * Math.exp(-0.5)), 10) as number,
    })
    expect(sentence).toContain('and gets at most 29.2 % anywhere')
    // Found by another program for the same seed.
    const cell = await lastResult({ cure: 'voronoi-bias', token: 7 })
    expect(cell.values['ceiling']).toBeCloseTo(0.139, 3)
  })

  it('of a lost token whose ceiling was not computed is not published, and its bound by the weights is', async () => {
    const result = await lastResult({ W: [...cross.slice(0, 4), [0.1, 0], [0, 0]] })
    const { values } = inWords(experiment({ token: 5 }), { ...result, W: null, ceiling: {} })
    expect(values).not.toHaveProperty('ceiling')
    expect(values['verdict']).toBe('can never win')
    expect(values['bound']).toBeLessThanOrEqual(0.5)
  })
})
