import { describe, expect, it } from 'vitest'
import { numberText } from '../../src/notebook/view/numberText.ts'

const written = (specifier: string, value: number) => {
  const text = numberText(specifier)
  return 'write' in text ? text.write(value) : text.problem
}

describe('a number in the text of a notebook', () => {
  it('keeps its percent sign behind a space that does not break, as figures do', () => {
    expect(written('.1%', 0.609)).toBe('60.9\u00A0%')
    expect(written('.2f', 0.609)).toBe('0.61')
  })
})
