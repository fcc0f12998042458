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

  it('three dimensions are the heads of one layer', async () => {
    expect(await readMaps(npy('(2, 2, 2)', values))).toMatchObject({ layers: 1, heads: 2, tokens: 2 })
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

describe('writeNpy', () => {
  it('starts its numbers at a multiple of 64 bytes, and is read back with its shape', () => {
    const bytes = writeNpy([2, 1, 2, 2], values)
    expect((bytes.length - 4 * values.length) % 64).toBe(0)
    const { shape, values: back } = readNpyArray(bytes)
    expect(shape).toEqual([2, 1, 2, 2])
    expect(Array.from(back)).toEqual(values)
  })
})
