import { describe, expect, it } from 'vitest'
import { niceStep, roundTo, stepped } from '../../src/charts/steps.ts'

describe('niceStep', () => {
  it('is the largest of 1, 2, 5 times a power of ten that fits', () => {
    expect([0.015, 0.02, 0.049, 0.05, 1, 7, 99, 100].map(niceStep)).toEqual([0.01, 0.02, 0.02, 0.05, 1, 5, 50, 100])
  })
})

describe('roundTo', () => {
  it('leaves no binary dust: 3 · 0.1 is 0.3', () => {
    expect(roundTo(3 * 0.1, 0.1)).toBe(0.3)
    expect(roundTo(1.234, 0.05)).toBe(1.25)
    expect(roundTo(-1.26, 0.5)).toBe(-1.5)
  })
})

describe('stepped', () => {
  const alpha = { range: [1, 4], scale: 'linear' } as const
  const temperature = { range: [0.05, 20], scale: 'log' } as const

  it('moves a linear value by a two-hundredth of the range, rounded down to a round number', () => {
    // 3 / 200 = 0.015, of which 0.01 is the largest round number.
    expect(stepped(1.5, 1, alpha)).toBe(1.51)
    expect(stepped(1.5, -10, alpha)).toBe(1.4)
    expect(stepped(1.5, 0.1, alpha)).toBe(1.501)
  })

  it('multiplies a logarithmic value: 200 steps lead from one end to the other', () => {
    expect(stepped(0.05, 200, temperature)).toBe(20)
    expect(stepped(1, 100, temperature)).toBe(20)
    // (20 / 0.05) ** (1 / 200) = 1.0304…
    expect(stepped(1, 1, temperature)).toBe(1.03)
  })

  it('stops at the ends of the range, and does not pull in a value that was typed beyond them', () => {
    expect(stepped(3.99, 10, alpha)).toBe(4)
    expect(stepped(7, 5, alpha)).toBe(7)
    expect(stepped(7, -5, alpha)).toBe(6.95)
  })

  it('moves a whole number by one at least, and an even one by two', () => {
    expect(stepped(2, 1, { range: [1, 32], scale: 'linear', multipleOf: 1 })).toBe(3)
    expect(stepped(2, 1, { range: [2, 16], scale: 'linear', multipleOf: 2 })).toBe(4)
    expect(stepped(4096, -1, { range: [2, 1_000_000], scale: 'log', multipleOf: 1 })).toBeLessThan(4096)
  })

  it('keeps to hundredths where the step is 0.01', () => {
    expect(stepped(1.5, 1, { range: [1, 3], scale: 'linear', multipleOf: 0.01 })).toBe(1.51)
  })
})
