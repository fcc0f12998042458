import { describe, expect, it } from 'vitest'
import { readMaps } from '../../../src/models/language/readMaps.ts'
import { bytesSource } from '../../../src/models/readers/byteSource.ts'
import { readNpyArray } from '../../../src/models/readers/npy.ts'
import { writeNpy } from '../../../src/models/readers/writeNpy.ts'
import { npyBytes } from '../readers/npyBytes.ts'
import { safetensorsBytes } from './safetensorsBytes.ts'

/** Two layers of one head over two tokens. */
const values = [1, 0, 0.25, 0.75, 1, 0, 0.5, 0.5]
const npy = (shape: string, numbers: readonly number[], fortran = false) =>
  bytesSource(npyBytes(Float64Array.from(numbers), { descr: '<f8', shape, fortran }))

describe('attention from another program', () => {
  it('NPY and safetensors of shape (2, 1, 2, 2) give two layers of one head', async () => {
    const wanted = { layers: 2, heads: 1, tokens: 2 }
    const fromNpy = await readMaps(npy('(2, 1, 2, 2)', values))
    const fromSafetensors = await readMaps(
      bytesSource(
        safetensorsBytes({ maps: { shape: [2, 1, 2, 2], values }, other: { shape: [3], values: [1, 2, 3] } }),
      ),
    )
    for (const maps of [fromNpy, fromSafetensors]) {
      expect(maps).toMatchObject(wanted)
      expect(Array.from(maps.values)).toEqual(values)
    }
  })

  it('three dimensions are the heads of one layer; five have a batch of one text, but not of more', async () => {
    expect(await readMaps(npy('(2, 2, 2)', values))).toMatchObject({ layers: 1, heads: 2, tokens: 2 })
    expect(await readMaps(npy('(1, 1, 2, 2, 2)', values))).toMatchObject({ layers: 1, heads: 2, tokens: 2 })
    await expect(readMaps(npy('(1, 2, 1, 2, 2)', values))).rejects.toThrow('the array has shape (1, 2, 1, 2, 2)')
  })

  it('another shape, a look ahead, a NaN and Fortran order are refused, saying where', async () => {
    await expect(readMaps(npy('(4, 2)', values))).rejects.toThrow(
      'shape (4, 2); attention maps have (layers, heads, T, T)',
    )
    await expect(readMaps(npy('(2, 1, 2, 2)', values.with(5, 0.1)))).rejects.toThrow(
      'layer 2, head 1, query 1, key 2 is 0.1, but a causal query sees no later key',
    )
    await expect(readMaps(npy('(2, 1, 2, 2)', values.with(0, NaN)))).rejects.toThrow(
      'layer 1, head 1, query 1, key 1 is NaN',
    )
    await expect(readMaps(npy('(2, 1, 2, 2)', values, true))).rejects.toThrow('np.ascontiguousarray')
  })
})

describe('attention from another program that cannot be shown', () => {
  const safetensors = (tensors: Parameters<typeof safetensorsBytes>[0]) =>
    readMaps(bytesSource(safetensorsBytes(tensors)))

  it('in safetensors: no maps, two of them, a NaN and a look ahead are refused, saying where', async () => {
    const maps = { shape: [2, 1, 2, 2], values }
    await expect(safetensors({ maps: { shape: [2, 1, 1, 4], values } })).rejects.toThrow(
      'the file has 0 tensors of shape (layers, heads, T, T); it must have one. It has "maps" of shape (2, 1, 1, 4).',
    )
    await expect(safetensors({ a: maps, b: maps })).rejects.toThrow(
      'the file has 2 tensors of shape (layers, heads, T, T); it must have one. It has "a" of shape (2, 1, 2, 2), "b" of',
    )
    await expect(safetensors({ maps: { ...maps, values: values.with(2, NaN) } })).rejects.toThrow(
      'layer 1, head 1, query 2, key 1 is NaN; weights must be finite.',
    )
    await expect(safetensors({ maps: { ...maps, values: values.with(1, 0.5) } })).rejects.toThrow(
      'layer 1, head 1, query 1, key 2 is 0.5, but a causal query sees no later key',
    )
  })

  it('keys that are not queries, an infinity, and a file that is shorter than its shape are refused', async () => {
    await expect(readMaps(npy('(2, 2, 1, 2)', values))).rejects.toThrow('the array has shape (2, 2, 1, 2)')
    await expect(readMaps(npy('(2, 1, 2, 2)', values.with(3, Infinity)))).rejects.toThrow(
      'layer 1, head 1, query 2, key 2 is Infinity',
    )
    await expect(readMaps(npy('(4, 1, 2, 2)', values))).rejects.toThrow(
      'shape (4, 1, 2, 2) of float64 needs 128 bytes of data, there are 64',
    )
  })

  /** A file of this type and shape whose numbers nobody should ask for. @returns the bytes that were read, at most */
  const header = (descr: '<f2' | '<f8', shape: string, size: number) => {
    const bytes = npyBytes(Float64Array.from(values), { descr, shape, fortran: false })
    const asked: number[] = []
    const read = async (from: number, to: number) => {
      asked.push(to)
      const out = new Uint8Array(to - from)
      out.set(bytes.subarray(from, Math.min(to, bytes.length)))
      return out
    }
    return { source: { size, read }, asked }
  }

  it('more than 2^25 entries are refused before they are read, whatever their type takes', async () => {
    // 60 × 1000 × 1000 of two bytes; 48 × 25 × 1024² of eight.
    for (const [descr, shape, size, said] of [
      ['<f2', '(6, 10, 1000, 1000)', 1.2e8, '60,000,000'],
      ['<f8', '(48, 25, 1024, 1024)', 1.1e10, '1,258,291,200'],
    ] as const) {
      const { source, asked } = header(descr, shape, size)
      await expect(readMaps(source)).rejects.toThrow(
        `the maps have ${said} entries; at most 33,554,432 can be shown. Save fewer layers or tokens.`,
      )
      expect(Math.max(...asked)).toBeLessThan(1e5)
    }
  })

  it('of float64 as many are let through: 20,000,000 are asked for to their last byte, and no further', async () => {
    const { source, asked } = header('<f8', '(2, 10, 1000, 1000)', 9e9)
    const reading = {
      ...source,
      read: async (from: number, to: number) => source.read(from, to).then((b) => (to < 1e5 ? b : b.subarray(1))),
    }
    await expect(readMaps(reading)).rejects.toThrow('the file ends early')
    expect(asked.at(-1)! - 1.6e8).toBeLessThan(1000)
  })

  it('in safetensors too it is entries that count', async () => {
    const text = JSON.stringify({ maps: { dtype: 'F32', shape: [6, 10, 1000, 1000], data_offsets: [0, 2.4e8] } })
    const bytes = new Uint8Array(8 + text.length)
    new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true)
    bytes.set(new TextEncoder().encode(text), 8)
    const size = bytes.length + 2.4e8
    const read = async (from: number, to: number) => {
      const out = new Uint8Array(to - from)
      out.set(bytes.subarray(from, Math.min(to, bytes.length)))
      return out
    }
    await expect(readMaps({ size, read })).rejects.toThrow('the maps have 60,000,000 entries')
  })
})

describe('writeNpy', () => {
  it('starts its numbers at a multiple of 64 bytes, and is read back with its shape', () => {
    const bytes = writeNpy([2, 1, 2, 2], values)
    expect((bytes.length - 4 * values.length) % 64).toBe(0)
    const { shape, values: back } = readNpyArray(bytes)
    expect(shape).toEqual([2, 1, 2, 2])
    expect(Array.from(back)).toEqual(values)
  })
})
