import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalNumber } from '../../../src/models/readers/decimalNumber.ts'

const read = (text: string): number | undefined => {
  const bytes = new TextEncoder().encode(text)
  return decimalNumber(bytes, 0, bytes.length)
}

describe('decimalNumber', () => {
  it('agrees with the engine’s own reading of 20,000 random decimals of 1 to 30 digits, bit for bit', () => {
    const digits = fc.stringMatching(/^\d{1,30}$/)
    fc.assert(
      fc.property(
        digits,
        fc.nat(30),
        fc.integer({ min: -30, max: 30 }),
        fc.boolean(),
        (text, mark, exponent, signed) => {
          const at = Math.min(mark, text.length)
          const spelled = `${signed ? '-' : ''}${text.slice(0, at)}.${text.slice(at)}${exponent === 0 ? '' : `e${exponent}`}`
          expect(read(spelled)).toBe(Number(spelled))
        },
      ),
      { seed: 11, numRuns: 20_000 },
    )
  })

  it('rounds halves to even: decimals on and next to the middle of two doubles', () => {
    // 2^53 + 1 lies in the middle; 1 + 2^-53 too, with 54 digits.
    const halfway = '1.00000000000000011102230246251565404236316680908203125'
    const near = ['9007199254740993', '9007199254740992.999', '9007199254740993.001', '900719925474099.3e1', halfway]
    for (const spelled of [...near, `${halfway}1`, '1.0000000000000001110', '8.4424930131968000000001']) {
      expect(read(spelled)).toBe(Number(spelled))
    }
  })

  it('reads the shortest spelling of any double back to that double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (x) => {
        expect(read(Object.is(x, -0) ? '-0' : String(x))).toBe(x)
      }),
      { seed: 12, numRuns: 10_000 },
    )
  })

  it.each(['', '-', '.', 'e5', '1e', '1e+', '1.2.3', '--1', '−−1', '−-1', '1_000', '0x10', 'nano', '1 2'])(
    '%j is no number',
    (text) => {
      expect(read(text)).toBeUndefined()
    },
  )
})
