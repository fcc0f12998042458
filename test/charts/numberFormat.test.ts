import { describe, expect, it } from 'vitest'
import {
  ariaNumber,
  differenceLabel,
  logitLabel,
  percent,
  shortNumber,
  weightLabel,
} from '../../src/charts/numberFormat.ts'

describe('numbers as they are written', () => {
  it('shortNumber keeps three digits, drops zeros at the end, and groups from ten thousand on', () => {
    expect([0, 0.43, 1.5, 2543.4, 50257, 999_999].map((value) => shortNumber(value))).toEqual([
      '0',
      '0.43',
      '1.5',
      '2543',
      '50,257',
      '999,999',
    ])
  })

  it('shortNumber writes tiny and huge numbers by their power of ten, with a true minus', () => {
    expect([1e-6, -2.5e-9, 1e7, -0.4].map((value) => shortNumber(value))).toEqual(['1e−6', '−2.5e−9', '1e7', '−0.4'])
    expect([NaN, Infinity, -Infinity].map((value) => shortNumber(value))).toEqual(['NaN', '∞', '−∞'])
  })

  it('weightLabel has two decimals, no leading zero, and says nothing where it would say zero', () => {
    expect([0.456, 1, 0.999, 0.0049, 0, -0.28, 2.31].map(weightLabel)).toEqual([
      '.46',
      '1',
      '1',
      '',
      '',
      '−.28',
      '2.31',
    ])
  })

  it('differenceLabel has a sign on both sides of zero', () => {
    expect([0.29, -0.13, 0.001].map(differenceLabel)).toEqual(['+.29', '−.13', ''])
  })

  it('logitLabel never writes −0', () => {
    expect([-0.001, 2.1, -1.256].map(logitLabel)).toEqual(['0', '2.1', '−1.26'])
  })

  it('percent keeps three digits of large shares and two of small ones', () => {
    expect([0.4602, 0.01535, 0, 1].map(percent)).toEqual(['46 %', '1.5 %', '0', '100 %'])
  })

  it('ariaNumber has no exponent', () => {
    expect(String(ariaNumber(1e-8))).toBe('0')
    expect(String(ariaNumber(0.00001))).toBe('0.00001')
  })
})
