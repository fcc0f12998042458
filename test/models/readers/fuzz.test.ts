import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bytesSource } from '../../../src/models/readers/byteSource.ts'
import { ReadError } from '../../../src/models/readers/numberTable.ts'
import { parseNumbers } from '../../../src/models/readers/parseNumbers.ts'
import { openSafetensors, readTensor } from '../../../src/models/readers/safetensors.ts'
import { npyBytes } from './npyBytes.ts'

/** Reads, and lets only the readers' own error pass. */
function outcome(bytes: Uint8Array): 'table' | 'refused' {
  try {
    const { rows, cols, values, names, rowNames } = parseNumbers(bytes, 'fuzz')
    expect(values.length).toBe(rows * cols)
    expect(rows * cols).toBeGreaterThan(0)
    expect([cols, undefined]).toContain(names?.length)
    expect([rows, undefined]).toContain(rowNames?.length)
    return 'table'
  } catch (error) {
    if (error instanceof ReadError) return 'refused'
    throw error
  }
}

async function readAll(bytes: Uint8Array): Promise<void> {
  const file = await openSafetensors(bytesSource(bytes))
  for (const tensor of file.tensors.values()) await readTensor(file, tensor)
}

const runs = { seed: 20261124, numRuns: 3000 }
const good = [
  npyBytes(new Float32Array(12), { descr: '<f4', shape: '(3, 4)' }),
  ...[
    'a,b\n1,2\n"3",4\n',
    '{"logits": [[1, 2], [3, NaN]], "tokens": ["x", "y"]}',
    'tensor([[1., 2.]], device="x")',
  ].map((text) => new TextEncoder().encode(text)),
]

it('random bytes give a table or a ReadError, and end', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(outcome(bytes)).toMatch(/table|refused/)
    }),
    runs,
  )
})

it('random text of the signs that numbers are made of gives a table or a ReadError, and ends', () => {
  const sign = fc.constantFrom(
    ...'0123456789.,;:-+eE []{}()"\'#%\n\r\tnaifx\u2212é'.split(''),
    'nan',
    '"a"',
    'array(',
    '...',
  )
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 60 }), (signs) => {
      expect(outcome(new TextEncoder().encode(signs.join('')))).toMatch(/table|refused/)
    }),
    runs,
  )
})

it('good files cut anywhere, or with one byte changed, give a table or a ReadError', () => {
  for (const file of good) {
    expect(outcome(file)).toBe('table')
    for (let end = 0; end < file.length; end++) outcome(file.subarray(0, end))
    for (let at = 0; at < file.length; at++) {
      for (const byte of [0, 34, 44, 57, 91, 125, 255])
        outcome(Uint8Array.from(file, (old, i) => (i === at ? byte : old)))
    }
  }
})

it('comma-separated doubles come back bit for bit', () => {
  const row = fc.array(fc.double(), { minLength: 2, maxLength: 20 })
  fc.assert(
    fc.property(row, (numbers) => {
      const text = numbers.map((x) => (Object.is(x, -0) ? '-0' : String(x))).join(',')
      expect([...parseNumbers(new TextEncoder().encode(text), 'x').values]).toEqual(numbers)
    }),
    runs,
  )
})

it('random safetensors headers give tensors or a ReadError', async () => {
  const number = fc.oneof(fc.integer({ min: -3, max: 40 }), fc.constant(2 ** 53), fc.double())
  const entry = fc.record({
    dtype: fc.constantFrom('F32', 'BF16', 'toString', 'X'),
    shape: fc.oneof(fc.array(number, { maxLength: 3 }), fc.constant('2')),
    data_offsets: fc.array(number, { maxLength: 3 }),
  })
  const header = fc.oneof(
    fc.dictionary(fc.string(), entry),
    fc.json().map((text): unknown => JSON.parse(text)),
  )
  await fc.assert(
    fc.asyncProperty(header, fc.integer({ min: -9, max: 9 }), async (value, slip) => {
      const json = new TextEncoder().encode(JSON.stringify(value))
      const bytes = new Uint8Array(8 + json.length + 40)
      new DataView(bytes.buffer).setBigUint64(0, BigInt(Math.max(json.length + slip, 0)), true)
      bytes.set(json, 8)
      const failure: unknown = await readAll(bytes).then(
        () => null,
        (error: unknown) => error,
      )
      expect(failure === null || failure instanceof ReadError).toBe(true)
    }),
    { seed: 20261124, numRuns: 500 },
  )
})
