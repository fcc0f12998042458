import { describe, expect, it } from 'vitest'
import { parseNumbers } from '../../../src/models/readers/parseNumbers.ts'
import { npyBytes } from './npyBytes.ts'

const read = (bytes: Uint8Array) => parseNumbers(bytes, 'x.npy')

describe('an NPY file', () => {
  it.each([
    ['<f8', 'float64', new Float64Array([1.5, -2, 3])],
    ['<f4', 'float32', new Float32Array([1.5, -2, 3])],
    ['<i8', 'int64', new BigInt64Array([15n, -2n, 3n])],
    ['<u8', 'uint64', new BigUint64Array([15n, 2n, 3n])],
    ['<i4', 'int32', new Int32Array([15, -2, 3])],
    ['<u4', 'uint32', new Uint32Array([4294967295, 2, 3])],
    ['<i2', 'int16', new Int16Array([15, -2, 3])],
    ['<u2', 'uint16', new Uint16Array([65535, 2, 3])],
    ['|i1', 'int8', new Int8Array([15, -2, 3])],
    ['|u1', 'uint8', new Uint8Array([255, 2, 3])],
    ['|b1', 'bool', new Uint8Array([1, 0, 1])],
  ])('of type %s gives its numbers as doubles', (descr, dtype, data) => {
    const table = read(npyBytes(data, { descr, shape: '(3,)' }))
    expect(table).toMatchObject({ rows: 1, cols: 3, dtype, format: 'NPY' })
    expect([...table.values]).toEqual(Array.from<number | bigint, number>(data, Number))
  })

  it('of float16 gives 1, -2, 65504, the smallest subnormal 2^-24, -0, infinity and NaN (by the bits of IEEE 754)', () => {
    const bits = new Uint16Array([0x3c00, 0xc000, 0x7bff, 0x0001, 0x8000, 0x7c00, 0x7e00, 0x3555])
    const { values } = read(npyBytes(bits, { descr: '<f2', shape: '(8,)' }))
    expect([...values]).toEqual([1, -2, 65504, 2 ** -24, -0, Infinity, NaN, 0.333251953125])
  })

  it('of big-endian numbers is turned round', () => {
    const data = new DataView(new ArrayBuffer(8))
    data.setInt32(0, 258, false)
    data.setInt32(4, -3, false)
    expect([...read(npyBytes(data, { descr: '>i4', shape: '(2,)' })).values]).toEqual([258, -3])
  })

  it('in Fortran order is transposed to rows', () => {
    const data = new Float64Array([1, 4, 2, 5, 3, 6])
    const table = read(npyBytes(data, { descr: '<f8', shape: '(2, 3)', fortran: true }))
    expect(table).toMatchObject({ rows: 2, cols: 3 })
    expect([...table.values]).toEqual([1, 2, 3, 4, 5, 6])
  })

  it.each([1, 2, 3])('of version %i and no dimension is one number', (version) => {
    const table = read(npyBytes(new Float64Array([7]), { descr: '<f8', shape: '()', version }))
    expect(table).toMatchObject({ rows: 1, cols: 1 })
    expect(table.values[0]).toBe(7)
  })

  it('with integers beyond 2^53 says that they are rounded', () => {
    const table = read(npyBytes(new BigInt64Array([2n ** 60n + 1n]), { descr: '<i8', shape: '(1,)' }))
    expect(table.notes).toEqual(['Integers beyond 2^53 are rounded to the nearest double.'])
  })

  it.each([
    ['three dimensions', '<f8', '(1, 1, 1)', 'the array has shape (1, 1, 1). Give one row (n,) or rows (m, n)'],
    ['no entries', '<f8', '(0, 3)', 'the array has shape (0, 3): it holds no numbers.'],
    ['complex numbers', '<c16', '(1,)', 'the numbers have type "<c16". Types that can be read: float16, float32'],
    ['objects', '|O', '(1,)', 'the numbers have type "|O".'],
    ['less data than its shape', '<f8', '(3,)', 'shape (3,) of float64 needs 24 bytes of data, there are 8.'],
    ['a row too long', '<f8', '(2, 1000001)', 'a row has 1000001 entries; at most 1000000'],
  ])('with %s is refused with its shape or type', (_, descr, shape, message) => {
    expect(() => read(npyBytes(new Float64Array([1]), { descr, shape }))).toThrow(message)
  })
})
