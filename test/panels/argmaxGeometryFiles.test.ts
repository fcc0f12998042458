import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { writeNpy } from '../../src/models/readers/writeNpy.ts'
import { lastResult } from './argmaxGeometry.ts'

const model = new Uint8Array(readFileSync('public/models/sink-softmax.safetensors'))
const files = { 'sink.safetensors': model }

/** Three tensors of numbers that one can check by eye, one after the other. */
function safetensors(tensors: Readonly<Record<string, readonly number[][]>>): Uint8Array {
  const header: Record<string, unknown> = {}
  const numbers: number[] = []
  for (const [name, rows] of Object.entries(tensors)) {
    const start = 4 * numbers.length
    numbers.push(...rows.flat())
    header[name] = { dtype: 'F32', shape: [rows.length, rows[0]!.length], data_offsets: [start, 4 * numbers.length] }
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const size = new Uint8Array(BigUint64Array.of(BigInt(text.length)).buffer)
  return Uint8Array.from([...size, ...text, ...new Uint8Array(Float32Array.from(numbers).buffer)])
}
const triangle = [
  [1, 0],
  [0, 1],
  [-1, -1],
  [0, 0],
]

describe('a layer from a file', () => {
  it('is the tensor that one names, in float32, and others are offered', async () => {
    const bytes = safetensors({ first: triangle.slice(0, 3), second: triangle })
    const of = (tensor: string | null) =>
      lastResult({ file: 'two.safetensors', tensor }, { files: { 'two.safetensors': bytes } })
    expect((await of('first')).unargmaxable).toEqual([])
    const second = await of('second')
    expect([second.unargmaxable, second.title]).toEqual([
      [3],
      'two.safetensors, second (F32): 4 tokens in 2 dimensions',
    ])
    expect(second.choices.map(({ tensor, rows, cols }) => [tensor, rows, cols])).toEqual([
      ['first', 3, 2],
      ['second', 4, 2],
    ])
    await expect(of('third')).rejects.toThrow(
      'no tensor "third" that is a matrix. There are first (3 × 2), second (4 × 2)',
    )
  })

  it('is the output layer of a model, of which no token is enclosed by fewer than two others', async () => {
    const result = await lastResult({ file: 'sink.safetensors' }, { files })
    expect(result.choices[0]).toMatchObject({ kind: 'output layer', rows: result.tokens, cols: result.dimensions })
    expect([result.tested, result.undecided]).toEqual([result.tokens, []])
    for (const others of Object.values(result.enclosedBy)) expect(others.length).toBeGreaterThan(1)
  })

  it('is the part of it that one takes: rows and columns, ends left out', async () => {
    const bytes = writeNpy([5, 3], Float64Array.from([...triangle, [9, 9]].flatMap((row) => [...row, 7])))
    const part = { rows: [0, 4], columns: [0, 2] } as { rows: [number, number]; columns: [number, number] }
    const result = await lastResult({ file: 'layer.npy', ...part }, { files: { 'layer.npy': bytes } })
    expect([result.tokens, result.dimensions, result.unargmaxable]).toEqual([4, 2, [3]])
    await expect(lastResult({ file: 'layer.npy', rows: [0, 6] }, { files: { 'layer.npy': bytes } })).rejects.toThrow(
      'layer.npy has 5 rows; rows [0, 6] end beyond them.',
    )
  })

  it('needs as many biases as it has tokens', async () => {
    await expect(lastResult({ file: 'sink.safetensors', b: [0, 1] }, { files })).rejects.toThrow(
      /^b has 2 biases for the/,
    )
  })
})
