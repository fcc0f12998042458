import { describe, expect, it } from 'vitest'
import { reluN, reluNVjp } from '../../../src/math/normalizers/reluN.ts'

describe('reluN', () => {
  it('of [1, 3, −2, 0] is [0.25, 0.75, 0, 0]: every logit counts in n, also one that gets nothing', () => {
    expect(reluN([1, 3, -2, 0])).toEqual(Float64Array.of(0.25, 0.75, 0, 0))
  })

  it('does not sum to one: [4, 4] spends 4 and [−1, −2] spends nothing', () => {
    expect(reluN([4, 4])).toEqual(Float64Array.of(2, 2))
    expect(reluN([-1, -2])).toEqual(new Float64Array(2))
  })

  it('does not see the other logits: 2 in a row of four is 0.5, whatever stands beside it', () => {
    expect(reluN([2, -9, 0, 1e4])[0]).toBe(0.5)
    expect(reluN([2, 7, 7, 7])[0]).toBe(0.5)
  })

  it('has the slope 1/n above 0 and 0 at and below it', () => {
    expect(reluNVjp([0.5, 0, -1, 2], [8, 8, 8, -4])).toEqual(Float64Array.of(2, 0, 0, -1))
  })
})
