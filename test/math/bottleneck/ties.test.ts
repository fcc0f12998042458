import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chebyshevRadius } from '../../../src/math/bottleneck/chebyshevRadius.ts'
import { OutputTokens } from '../../../src/math/bottleneck/outputTokens.ts'
import { entropyCeiling, probabilityCeiling } from '../../../src/math/bottleneck/probabilityCeiling.ts'
import { decideByLeastSquares, testToken, tokenTester } from '../../../src/math/bottleneck/unargmaxable.ts'
import { fromRows } from '../../../src/math/linalg/matrix.ts'

/** Small whole numbers: copies, points on edges and faces, and tied logits abound. */
const layer = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 14 }), fc.integer({ min: 1, max: 3 }), fc.boolean())
  .chain(([d, count, size, hasBias]) => {
    const whole = fc.integer({ min: -size, max: size })
    const rows = fc.array(fc.array(whole, { minLength: d, maxLength: d }), { minLength: count, maxLength: count })
    const bias = hasBias ? fc.array(whole, { minLength: count, maxLength: count }) : fc.constant(null)
    return fc.record({ rows, bias })
  })
const tokensOf = (rows: number[][], bias: number[] | null) =>
  new OutputTokens(fromRows(rows), bias === null ? null : Float64Array.from(bias))

it('for layers full of ties, reflection, least squares, tests together and the linear program agree on every token', () => {
  fc.assert(
    fc.property(layer, ({ rows, bias }) => {
      const tokens = tokensOf(rows, bias)
      const test = tokenTester(tokens)
      for (let token = 0; token < tokens.count; token++) {
        const { kind } = testToken(tokens, token)
        expect(decideByLeastSquares(tokens, token).kind).toBe(kind)
        expect(test(token).kind).toBe(kind)
        // No cell of so small numbers begins beyond 10,000, where the program's box would hide it.
        expect(kind).toBe(chebyshevRadius(tokens, token, 1e4) > 1e-9 ? 'argmaxable' : 'unargmaxable')
      }
    }),
    { seed: 3, numRuns: 800 },
  )
})

it('the ceiling that a search finds never exceeds the one that the weights prove', () => {
  fc.assert(
    fc.property(layer, ({ rows, bias }) => {
      const tokens = tokensOf(rows, bias)
      for (let token = 0; token < tokens.count; token++) {
        const verdict = testToken(tokens, token)
        const proved = verdict.kind === 'unargmaxable' ? entropyCeiling(verdict.weights) : 1
        expect(probabilityCeiling(tokens, token).probability).toBeLessThanOrEqual(proved * (1 + 1e-9))
      }
    }),
    { seed: 3, numRuns: 100 },
  )
})

it('W = (−1, −1, 2), b = (−2, 1, −2): token 1 is decided at h = 0, where the residual has no direction', () => {
  const tokens = tokensOf([[-1], [-1], [2]], [-2, 1, -2])
  expect(decideByLeastSquares(tokens, 1)).toMatchObject({ kind: 'argmaxable', margin: expect.closeTo(3, 10) as number })
})
