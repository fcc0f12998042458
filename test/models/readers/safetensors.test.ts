import { describe, expect, it } from 'vitest'
import { blobSource, bytesSource, type ByteSource } from '../../../src/models/readers/byteSource.ts'
import { openSafetensors, readTensor } from '../../../src/models/readers/safetensors.ts'

/** A file after the format's description: header length (u64), header (JSON), data. */
function fileOf(header: unknown, data: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header))
  const out = new Uint8Array(8 + json.length + data.length)
  new DataView(out.buffer).setBigUint64(0, BigInt(json.length), true)
  out.set(json, 8)
  out.set(data, 8 + json.length)
  return out
}

const entry = (dtype: string, shape: number[], data_offsets: number[]) => ({ dtype, shape, data_offsets })
const data = new Uint8Array([
  ...new Uint8Array(new Float32Array([1.5, -2, 3, 4]).buffer),
  ...new Uint8Array(new Uint16Array([0x3c00, 0x3f80, 0xc0a0]).buffer),
  ...new Uint8Array(new BigInt64Array([-5n]).buffer),
])
const good = fileOf(
  {
    __metadata__: { format: 'pt' },
    w: entry('F32', [2, 2], [0, 16]),
    half: entry('F16', [1], [16, 18]),
    brain: entry('BF16', [2], [18, 22]),
    long: entry('I64', [], [22, 30]),
  },
  data,
)

describe('a safetensors file', () => {
  it('lists its tensors and gives float32, float16, bfloat16 and int64 numbers', async () => {
    const file = await openSafetensors(blobSource(new Blob([good.slice()])))
    expect([...file.tensors.keys()]).toEqual(['w', 'half', 'brain', 'long'])
    expect(file.metadata.get('format')).toBe('pt')
    const numbers = await Promise.all([...file.tensors.values()].map((tensor) => readTensor(file, tensor)))
    expect(numbers.map((each) => [...each])).toEqual([[1.5, -2, 3, 4], [1], [1, -5], [-5]])
    expect(numbers[0]).toBeInstanceOf(Float32Array)
    expect(numbers[3]).toBeInstanceOf(Float64Array)
  })

  it('reads only the header and the rows asked for', async () => {
    const read: [number, number][] = []
    const inner = bytesSource(good)
    const source: ByteSource = { ...inner, read: (start, end) => (read.push([start, end]), inner.read(start, end)) }
    const file = await openSafetensors(source)
    const w = file.tensors.get('w')!
    expect([...(await readTensor(file, w, 2, 4))]).toEqual([3, 4])
    expect(read.at(-1)).toEqual([w.start + 8, w.start + 16])
  })

  it.each([
    ['a header longer than the file', good.subarray(0, 40), 'bytes, but the file has 40'],
    ['too few bytes', good.subarray(0, 5), 'too short for a safetensors file'],
    ['no JSON', fileOf([1], data), 'the header is not a JSON object'],
    [
      'a type unknown',
      fileOf({ a: entry('F8_E4M3', [1], [0, 1]) }, data),
      'tensor "a" has type "F8_E4M3"; types that can',
    ],
    [
      'a wrong size',
      fileOf({ a: entry('F32', [2], [0, 4]) }, data),
      'tensor "a" of shape (2) and type F32 needs 8 bytes, has 4',
    ],
    ['an end past the file', fileOf({ a: entry('F32', [9], [0, 36]) }, data), 'it is cut short'],
  ])('with %s is refused', async (_, bytes, message) => {
    await expect(openSafetensors(bytesSource(bytes))).rejects.toThrow(message)
  })
})
