import { describe, expect, it } from 'vitest'
import { uniformImportance } from '../../../src/models/language/metrics.ts'

describe('the importance of the first token where attention is spread evenly', () => {
  it('is the harmonic mean weight: 0.157 at T = 24, 0.127 at 32, 0.074 at 64, and 3/4 of two tokens', () => {
    expect([24, 32, 64].map((tokens) => uniformImportance(tokens).toFixed(3))).toEqual(['0.157', '0.127', '0.074'])
    expect(uniformImportance(2)).toBe(0.75)
  })

  it('of three tokens, from those after the first alone, is (1/2 + 1/3) / 2', () => {
    expect(uniformImportance(3, true)).toBeCloseTo(5 / 12, 15)
  })
})
