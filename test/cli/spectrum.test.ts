import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { golden, hidden, largestError, logits, weights } from '../math/bottleneck/fixtures.ts'
import { rowOf } from '../../src/math/linalg/matrix.ts'
import { npyBytes } from '../models/readers/npyBytes.ts'
import { jsonLines, softscope } from './softscope.ts'

interface Spectrum {
  singularValues: number[]
  rankGap: number | null
  rankTol: number
  rankAboveNoise: number | null
  logGap: number | null
  notes?: string[]
}

const spectra = async (...lines: unknown[]) => {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
  const { status, stdout } = await softscope(['spectrum'], text)
  return { status, lines: jsonLines(stdout) as Spectrum[] }
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'softscope-'))
})
afterAll(() => rm(folder, { recursive: true }))

// Each call starts a process: 0.1 s, and more where the machine is busy.
describe('softscope spectrum', { timeout: 30_000 }, () => {
  it('of [[3, 0], [4, 5]] gives √45 and √5, in this order of fields', async () => {
    const { stdout, status } = await softscope(['spectrum'], '{"matrix":[[3,0],[4,5]]}')
    expect(status).toBe(0)
    expect(Object.keys(jsonLines(stdout)[0] as object)).toEqual([
      'singularValues',
      'rankGap',
      'rankTol',
      'rankAboveNoise',
      'logGap',
    ])
    const [got] = jsonLines(stdout) as Spectrum[]
    expect(largestError(got!.singularValues, [Math.sqrt(45), Math.sqrt(5)])).toBeLessThan(1e-14)
    expect(got).toMatchObject({ rankGap: 1, rankTol: 2, rankAboveNoise: null })
    expect(got!.logGap).toBeCloseTo(Math.log(3), 14)
  })

  it('gives the golden spectrum of logits, from JSON and from an NPY file, and the rank above noise', async () => {
    const { cases } = golden<{
      cases: { name: string; V: number; d: number; n: number; seedW: number; seedH: number; expected: Spectrum }[]
    }>('spectra')
    const c = cases.find(({ name }) => name === 'view_logits')!
    const z = logits(hidden(c.seedH, c.n, c.d, 1), weights(c.seedW, c.V, c.d))
    const npy = join(folder, 'logits.npy')
    await writeFile(npy, npyBytes(z.values, { descr: '<f8', shape: `(${z.rows}, ${z.cols})` }))
    const matrix = Array.from({ length: z.rows }, (_, r) => [...rowOf(z, r)])
    const { lines, status } = await spectra({ matrix }, { npy, noise: 1e-6 })
    expect(status).toBe(0)
    for (const line of lines) {
      expect(line.singularValues.length).toBe(96)
      expect(largestError(line.singularValues, c.expected.singularValues)).toBeLessThan(
        1e-10 * c.expected.singularValues[0]!,
      )
      expect(line).toMatchObject({ rankGap: 24, rankTol: 24 })
    }
    expect(lines.map(({ rankAboveNoise }) => rankAboveNoise)).toEqual([null, 24])
  })

  it('says of one row and of repeated rows that they are odd, and still answers', async () => {
    const { lines, status } = await spectra(
      { matrix: [[3, 4]] },
      {
        matrix: [
          [1, 2],
          [0, 1],
          [1, 2],
        ],
      },
    )
    expect(status).toBe(0)
    expect(lines[0]).toEqual({
      singularValues: [5],
      rankGap: null,
      rankTol: 1,
      rankAboveNoise: null,
      logGap: null,
      notes: ['one row: a rank needs at least 2 rows and 2 columns'],
    })
    expect(lines[1]!.notes![0]).toContain('rows 0 and 2 are the same')
  })

  it('answers a bad line by what is wrong with it, goes on, and exits with 1', async () => {
    const { lines, status } = await spectra(
      { matrix: [[1, 2], [3]] },
      { matrix: [[1, 'NaN']] },
      '{"matrix":[[1,1e999]]}',
      { matrix: [] },
      { matrix: [1, 2] },
      { matrx: [[1]] },
      '{"matrix":[[1,2]',
      { matrix: [[1]], npy: 'x' },
      { npy: join(folder, 'none.npy') },
      {
        matrix: [
          [1, 2],
          [3, 4],
        ],
        noise: -1,
      },
      {
        matrix: [
          [2, 0],
          [0, 1],
        ],
      },
    )
    expect(status).toBe(1)
    expect(lines.slice(0, -1)).toEqual(
      [
        'line 1: row 1 of "matrix" has 1 entry, but row 0 has 2; give every row as many',
        'line 2: "matrix" has "NaN" at row 0, column 1; entries must be finite numbers',
        'line 3: "matrix" has Infinity at row 0, column 1; entries must be finite numbers',
        'line 4: "matrix" has no entries in its first row',
        'line 5: "matrix" has no entries in its first row',
        'line 6: "matrx" is not a field; write "matrix"',
        'line 7: this is not JSON',
        'line 8: "matrix" and "npy" are both given; leave one out',
        'line 9: "npy" cannot be read: ENOENT',
        'line 10: "noise" is -1; it must be a standard deviation, 0 or more',
      ].map((error) => ({ error: expect.stringContaining(error) as string })),
    )
    expect(lines.at(-1)!.singularValues).toEqual([2, 1])
  })

  it('refuses a file that is no NPY and one of three dimensions', async () => {
    await writeFile(join(folder, 'text.npy'), '1,2,3')
    await writeFile(join(folder, 'cube.npy'), npyBytes(new Float64Array(8), { descr: '<f8', shape: '(2, 2, 2)' }))
    const { lines } = await spectra({ npy: join(folder, 'text.npy') }, { npy: join(folder, 'cube.npy') })
    expect(lines).toEqual([
      { error: expect.stringContaining('text.npy is not an NPY file; write one with np.save') as string },
      { error: expect.stringContaining('cube.npy: the array has shape (2, 2, 2)') as string },
    ])
  })
})
