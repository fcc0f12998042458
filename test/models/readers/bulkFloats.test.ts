import { describe, expect, it } from 'vitest'
import { brainsOf, floatsOf, halvesOf } from '../../../src/models/readers/bulkFloats.ts'
import { bfloat16ToNumber, halfToNumber } from '../../../src/models/readers/smallFloats.ts'

const all = Uint16Array.from({ length: 65_536 }, (_, bits) => bits)
const bytes = new Uint8Array(all.buffer)
/** The same bytes at an odd place of their buffer. */
const odd = new Uint8Array(bytes.length + 1)
odd.set(bytes, 1)

describe('numbers of a file, many at once', () => {
  it.each([
    ['half', halvesOf, halfToNumber],
    ['bfloat16', brainsOf, bfloat16ToNumber],
  ] as const)('every %s there is has the value that its formula gives, from an odd place too', (_, many, one) => {
    for (const from of [bytes, odd.subarray(1)]) {
      const wrong = Array.from(many(from)).flatMap((value, bits) => (Object.is(value, one(bits)) ? [] : [bits]))
      expect(wrong).toEqual([])
    }
  })

  it('float32 numbers are read at any place', () => {
    const four = new Uint8Array([9, ...new Uint8Array(Float32Array.of(1.5, -2).buffer)])
    expect([...floatsOf(four.subarray(1))]).toEqual([1.5, -2])
    expect([...floatsOf(four.slice(1))]).toEqual([1.5, -2])
  })
})
