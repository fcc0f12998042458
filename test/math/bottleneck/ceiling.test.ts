import { describe, expect, it } from 'vitest'
import { OutputTokens } from '../../../src/math/bottleneck/outputTokens.ts'
import { portableNormals } from '../../../src/math/bottleneck/portableNormals.ts'
import { voronoiBias } from '../../../src/math/bottleneck/prevention.ts'
import { probabilityCeiling } from '../../../src/math/bottleneck/probabilityCeiling.ts'
import { fromRows, type Matrix } from '../../../src/math/linalg/matrix.ts'

const cross = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [0, 0],
]
const scaled = ({ rows, cols, values }: Matrix, by: readonly number[]): Matrix => ({
  rows,
  cols,
  values: values.map((x, i) => x * by[i % cols]!),
})

describe('the ceiling of probability', () => {
  it.each([1e-3, 1e-7, 1e-12])(
    'of a point between two others is 1/3, however far out a third that is %d aside lets it come near that',
    (aside) => {
      // Along y = 0, x → ∞ the two last tokens vanish and three stay alike.
      const tokens = new OutputTokens(
        fromRows([
          [0, 1],
          [0, -1],
          [0, 0],
          [-aside, 0],
          [-1, 0],
        ]),
        null,
      )
      const { probability, isConverged } = probabilityCeiling(tokens, 2)
      expect(isConverged).toBe(true)
      expect(Math.abs(3 * probability - 1)).toBeLessThan(1e-9)
    },
  )

  it('of the middle of a cross with a bias of ½ is √e / (√e + 4) = 0.2919, though it can win (at h = 0, by symmetry)', () => {
    const tokens = new OutputTokens(fromRows(cross), Float64Array.of(0, 0, 0, 0, 0.5))
    const { probability, isConverged } = probabilityCeiling(tokens, 4)
    expect([isConverged, probability]).toEqual([true, expect.closeTo(Math.exp(0.5) / (Math.exp(0.5) + 4), 12)])
  })

  it('of a winner in an unbounded cell is 1', () => {
    const tokens = new OutputTokens(fromRows(cross), Float64Array.of(0, 0, 0, 0, 0.5))
    expect(probabilityCeiling(tokens, 0).probability).toBeCloseTo(1, 10)
  })

  it('does not change with the scale of columns, and its state is one of the layer as given', () => {
    const w = portableNormals(1101, 20, 2)
    const at = (by: readonly number[], token: number) =>
      probabilityCeiling(new OutputTokens(scaled(w, by), null), token)
    for (const token of [0, 3, 4, 6, 7]) {
      const plain = at([1, 1], token)
      for (const by of [[1e-9, 1] as const, [1e-200, 1e200] as const, [1e8, 1e8] as const]) {
        const { probability, hidden, isConverged } = at(by, token)
        expect(isConverged).toBe(true)
        expect(Math.abs(probability / plain.probability - 1)).toBeLessThan(1e-10)
        hidden.forEach((x, k) => expect(Math.abs((x * by[k]!) / plain.hidden[k]! - 1)).toBeLessThan(1e-5))
      }
    }
  })

  it('is found where rows are so long that at h = 0 another token has all: as no step of 1e-3 does better', () => {
    const w = scaled(portableNormals(1101, 20, 2), [40, 40])
    const tokens = new OutputTokens(w, voronoiBias(w))
    const p = (token: number, h: readonly number[]) => {
      const z = Array.from(
        { length: 20 },
        (_, j) => h.reduce((sum, x, k) => sum + x * w.values[2 * j + k]!, 0) + tokens.bias[j]!,
      )
      return 1 / z.reduce((sum, each) => sum + Math.exp(each - z[token]!), 0)
    }
    for (let token = 0; token < 20; token++) {
      const { probability, hidden, isConverged } = probabilityCeiling(tokens, token)
      const [x, y] = [hidden[0]!, hidden[1]!]
      expect(isConverged).toBe(true)
      expect(Math.abs(p(token, [x, y]) - probability)).toBeLessThan(1e-9)
      for (const [dx, dy] of [
        [1e-3, 0],
        [-1e-3, 0],
        [0, 1e-3],
        [0, -1e-3],
      ] as const)
        expect(p(token, [x + dx, y + dy])).toBeLessThanOrEqual(probability * (1 + 1e-9))
    }
  })
})
