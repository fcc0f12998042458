import { describe, expect, it } from 'vitest'
import { haveModel, modelBytes } from '../models/language/models.ts'
import { groupedParts } from '../models/language/randomModels.ts'
import { safetensorsBytes } from '../models/language/safetensorsBytes.ts'
import { npyBytes } from '../models/readers/npyBytes.ts'
import { halves, rankOf, withSpectrum } from './rankMatrices.ts'

const spectrum = [8, 5, 3, 0.5]
const rows = withSpectrum(12, 7, spectrum)
const flat = rows.flat()
const text = (written: string) => new TextEncoder().encode(written)
const npy = (data: ArrayBufferView, descr: string, shape = '(12, 7)') => npyBytes(data, { descr, shape })
const doubles = (of: readonly number[][]) =>
  npy(Float64Array.from(of.flat()), '<f8', `(${of.length}, ${of[0]!.length})`)
const one = (bytes: Uint8Array, patch = {}) => rankOf({ file: 'a', ...patch }, { files: { a: bytes } })
const tensor = (of: readonly number[][]) => ({ shape: [of.length, of[0]!.length], values: of.flat() })

/** How far singular values are from those that the matrix was built from. */
const off = (found: Float64Array): number =>
  found.length === 7 ? Math.max(...found.map((value, k) => Math.abs(value - (spectrum[k] ?? 0)))) : Infinity
/** They differ by at most the norm of what rounding changed (Weyl): `unit` of each entry, of size up to 8. */
const within = (unit: number): number => unit * 8 * Math.sqrt(12 * 7)

describe('a brought matrix has the singular values that it was built from', () => {
  it.each([
    ['NPY of float64', npy(Float64Array.from(flat), '<f8'), 2 ** -50],
    ['NPY of float32', npy(Float32Array.from(flat), '<f4'), 2 ** -24],
    ['NPY of float16', npy(halves(flat), '<f2'), 2 ** -10],
    ['CSV', text(rows.map((row) => row.join(',')).join('\n')), 2 ** -50],
    ['text with spaces', text(rows.map((row) => row.join(' ')).join('\n')), 2 ** -50],
    ['JSON', text(JSON.stringify(rows)), 2 ** -50],
  ])('from %s', async (_, bytes, unit) => {
    expect(off((await one(bytes)).singularValues)).toBeLessThanOrEqual(within(unit))
  })

  it('from a tensor of safetensors by its name', async () => {
    const bytes = safetensorsBytes({ head: tensor(rows), other: tensor(withSpectrum(4, 3, [1])) })
    expect(off((await one(bytes, { tensor: 'head' })).singularValues)).toBeLessThanOrEqual(within(2 ** -24))
  })
})

describe('a file of several tensors', () => {
  const bytes = safetensorsBytes({
    head: tensor(rows),
    small: tensor(withSpectrum(4, 3, [1])),
    bias: { shape: [3], values: [1, 2, 3] },
  })

  it('lists those of two dimensions, with their shapes, to who names another', async () => {
    await expect(one(bytes, { tensor: 'missing' })).rejects.toThrow(
      'a has no tensor "missing" that is a matrix. There are head (12 × 7), small (4 × 3).',
    )
  })

  it('without one of two dimensions says what it has', async () => {
    const vectors = safetensorsBytes({
      bias: { shape: [3], values: [1, 2, 3] },
      cube: { shape: [1, 2, 1], values: [1, 2] },
    })
    await expect(one(vectors)).rejects.toThrow(
      'a: there is no tensor of two dimensions; there are: bias (3), cube (1, 2, 1).',
    )
  })
})

describe('the unembedding of a model', () => {
  const files = (tied: boolean) => {
    const { tensors, config } = groupedParts(3, 'llama', { tie_word_embeddings: tied })
    const head = tied ? 'model.embed_tokens.weight' : 'lm_head.weight'
    const kept = Object.fromEntries(Object.entries(tensors).filter(([name]) => !tied || name !== 'lm_head.weight'))
    return {
      head: tensors[head]!.values,
      files: { weights: safetensorsBytes(kept), config: text(JSON.stringify(config)) },
    }
  }

  it.each([
    ['its own head', false],
    ['the embedding, where they are tied', true],
  ])('is %s', async (_, tied) => {
    const model = files(tied)
    const result = await rankOf({ file: 'weights', config: 'config' }, model)
    // The same numbers, as a plain matrix from elsewhere.
    const plain = await one(npy(Float32Array.from(Array.from(model.head)), '<f4', '(70, 40)'))
    expect([result.rows, result.cols, result.rankTol]).toEqual([70, 40, 40])
    expect(result.singularValues).toEqual(plain.singularValues)
  })

  it.skipIf(!haveModel('stories260K/stories260K.bin'))(
    'is the same from a .bin of llama2.c as from its safetensors (skipped without the weights)',
    async () => {
      const bin = await one(modelBytes('stories260K/stories260K.bin'))
      const files = {
        weights: modelBytes('stories260K/stories260K.f32.safetensors'),
        config: modelBytes('stories260K/config.json'),
      }
      const model = await rankOf({ file: 'weights', config: 'config' }, { files })
      expect([bin.rows + bin.repeats, bin.cols, bin.rankTol]).toEqual([512, 64, 64])
      expect(bin.singularValues).toEqual(model.singularValues)
    },
  )
})

describe('a part of a matrix', () => {
  it('is rows and columns from the first up to the end, which is left out', async () => {
    const framed = [Array(9).fill(100), ...rows.map((row) => [100, ...row, 100]), Array(9).fill(100)]
    const { singularValues } = await one(doubles(framed), { rows: [1, 13], columns: [1, 8] })
    expect(off(singularValues)).toBeLessThanOrEqual(within(2 ** -50))
  })

  it.each([
    [
      '2049 × 2049',
      2049,
      2049,
      'a is 2,049 × 2,049; the shorter side may be at most 2,048. Choose a part of it: rows [0, 2048].',
    ],
    [
      '4097 × 2048',
      4097,
      2048,
      'a is 4,097 × 2,048; at most 8,388,608 entries can be taken. Choose a part of it: rows [0, 4096].',
    ],
  ])('is asked for above 2048 × 4096: %s', async (_, height, width, message) => {
    const zeros = npy(new Uint8Array(height * width), '|u1', `(${height}, ${width})`)
    await expect(one(zeros)).rejects.toThrow(message)
    await expect(one(zeros, { rows: [0, 3], columns: [0, 2] })).resolves.toMatchObject({ cols: 2 })
  })
})

describe('a bad matrix is told what is wrong with it', () => {
  const spoilt = (value: number) => rows.map((row, r) => row.map((x, c) => (r === 4 && c === 2 ? value : x)))

  it.each([NaN, Infinity, -Infinity])('%s, with its row and column', async (value) => {
    await expect(one(doubles(spoilt(value)))).rejects.toThrow(
      `a: the entry at row 4, column 2 (from 0) is ${value}; every entry must be finite.`,
    )
    // Counted in the file, not in the part.
    await expect(one(doubles(spoilt(value)), { rows: [3, 9], columns: [1, 5] })).rejects.toThrow('row 4, column 2')
  })

  it('a single row, a single column, a vector, and three dimensions', async () => {
    const ones = new Float64Array(12).fill(1)
    await expect(one(npy(ones, '<f8', '(1, 12)'))).rejects.toThrow('a is 1 × 12: one row.')
    await expect(one(npy(ones, '<f8', '(12, 1)'))).rejects.toThrow('a is 12 × 1: one column.')
    await expect(one(npy(ones, '<f8', '(12,)'))).rejects.toThrow(
      'a: the array is 1-D: 12 numbers. A matrix is 2-D: save a.reshape(rows, columns).',
    )
    await expect(one(npy(ones, '<f8', '(2, 3, 2)'))).rejects.toThrow('the array has shape (2, 3, 2)')
  })

  it('a file that is cut short', async () => {
    const whole = npy(Float64Array.from(flat), '<f8')
    await expect(one(whole.subarray(0, -9))).rejects.toThrow(
      'a, byte 791: the file is cut short: shape (12, 7) of float64 needs 672 bytes of data, there are 663.',
    )
    const model = safetensorsBytes({ head: tensor(rows) })
    await expect(one(model.subarray(0, -9))).rejects.toThrow(/^a: .*cut short/)
  })

  it('text whose rows differ in length, or that holds a word', async () => {
    await expect(one(text('1,2,3\n4,5\n6,7,8'))).rejects.toThrow(/line 2/)
    await expect(one(text('1,2,3\n4,word,6'))).rejects.toThrow(/line 2/)
  })

  it('repeated rows are left out and counted, and change no rank', async () => {
    const repeated = [...rows, rows[0]!, rows[3]!, rows[0]!]
    const result = await one(doubles(repeated))
    expect([result.rows, result.repeats, result.rankTol]).toEqual([12, 3, 4])
    expect(off(result.singularValues)).toBeLessThanOrEqual(within(2 ** -50))
    expect(result.sentence).toContain('3 repeated rows were left out.')
  })

  it('a matrix of one row repeated is one row', async () => {
    await expect(one(doubles([rows[0]!, rows[0]!, rows[0]!]))).resolves.toMatchObject({
      rows: 1,
      repeats: 2,
      rankTol: 1,
    })
  })
})

describe('a run of 2048 × 512', () => {
  const entries = Uint8Array.from({ length: 2048 * 512 }, (_, i) => (i * 2654435761) >>> 24)
  const large = { a: npy(entries, '|u1', '(2048, 512)') }

  it('tells how far it is, and stops in the step in which it is told to', async () => {
    const stop = new AbortController()
    const fractions: number[] = []
    let stopped = 0
    const progress = (fraction: number) => {
      fractions.push(fraction)
      if (fraction < 0.3 || stop.signal.aborted) return
      stopped = performance.now()
      stop.abort()
    }
    await expect(rankOf({ file: 'a' }, { files: large, signal: stop.signal, progress })).rejects.toThrow(/abort/i)
    // Nothing is computed after the breath in which it was told; a machine may be busy for some frames.
    expect(performance.now() - stopped).toBeLessThan(100)
    expect(fractions.filter((fraction) => fraction >= 0.3)).toHaveLength(1)
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
    expect(new Set(fractions).size).toBeGreaterThan(4)
    expect(fractions.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true)
  })
})
