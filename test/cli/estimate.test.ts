import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { npyBytes } from '../models/readers/npyBytes.ts'
import { jsonLines, softscope } from './softscope.ts'

interface GoldenCase {
  readonly id: string
  readonly kind: string
  readonly shape: readonly [number, number]
  readonly n: number
  readonly d: number
  readonly [field: string]: unknown
  readonly expect: readonly {
    readonly estimator: string
    readonly params: Readonly<Record<string, unknown>>
    readonly expect: Readonly<Record<string, number>>
    readonly tol: number
  }[]
}

const cases = ['activation_mi', 'continuous_pairs', 'discrete_and_bounds'].flatMap(
  (name) =>
    (JSON.parse(readFileSync(`test/fixtures/information/${name}.json`, 'utf8')) as { cases: GoldenCase[] }).cases,
)

const rows = (values: unknown, cols: number): number[][] => {
  const flat = values as number[]
  return Array.from({ length: flat.length / cols }, (_, r) => flat.slice(r * cols, (r + 1) * cols))
}

/** A golden case as an input line; null for kinds that are no samples. */
function lineOf(golden: GoldenCase): Record<string, unknown> | null {
  if (golden.kind === 'activation-matrix') return { T: rows(golden['T'], golden.shape[1]), labels: golden['labels'] }
  if (golden.kind === 'pair') return { X: rows(golden['X'], golden.d), Y: rows(golden['Y'], golden.d) }
  if (golden.kind === 'critic-scores') return { S: rows(golden['S'], golden.n) }
  return golden.kind === 'contingency' ? { counts: golden['counts'] } : null
}

/** The golden files write an edge list as an expression. */
function paramsOf(params: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const expression = /^linspace\((.+),(.+),(.+)\)$/.exec(String(params['edges']))
  return expression ? { lo: +expression[1]!, hi: +expression[2]!, edges: +expression[3]! } : params
}

const tested = cases.flatMap((golden) => {
  const line = lineOf(golden)
  return line ? golden.expect.map((expectation) => ({ id: golden.id, line, ...expectation })) : []
})
const ids = [...new Set(tested.map(({ estimator }) => estimator.replaceAll('_', '-')))]

const estimate = async (id: string, lines: readonly unknown[], ...flags: string[]) => {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
  const outcome = await softscope(['estimate', id, ...flags], text)
  return { ...outcome, lines: jsonLines(outcome.stdout) as Record<string, number | string>[] }
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'softscope-'))
})
afterAll(() => rm(folder, { recursive: true }))

const layer = { T: [[0.1], [0.9], [0.1], [-0.5]], labels: [0, 1, 0, 1] }

// Each call starts a process: 0.1 s, and more where the machine is busy.
describe('softscope estimate', { timeout: 60_000 }, () => {
  it.each(ids)('%s gives every field of its golden cases, in bits, at their tolerances', async (id) => {
    const mine = tested.filter(({ estimator }) => estimator.replaceAll('_', '-') === id)
    const got = await estimate(
      id,
      mine.map(({ line, params }) => ({ ...line, params: paramsOf(params) })),
    )
    expect(got.status).toBe(0)
    const misses = mine.flatMap(({ id: name, expect: fields, tol }, i) =>
      Object.entries(fields)
        .filter(([field, value]) => !(Math.abs(Number(got.lines[i]![field]) - value) <= tol))
        .map(([field, value]) => `${name} ${field}: ${got.lines[i]![field]} for ${value}`),
    )
    expect(misses).toEqual([])
  })

  it('bin-fixed of four rows in three states gives 1.5 bits and all of the 1 bit about the class (by hand)', async () => {
    const { lines } = await estimate('bin-fixed', [layer, { ...layer, labels: '0101' }])
    for (const line of lines) {
      // Sums of three logarithms: an error of a few 1e-16.
      expect(line).toEqual({ H_T: 1.5, I_XT: 1.5, I_TY: expect.closeTo(1, 14), n_states: 3 })
    }
    expect(lines).toHaveLength(2)
  })

  it('takes --params, and the params of a line before them', async () => {
    const { lines } = await estimate('bin-fixed', [layer, { ...layer, params: { bins: 30 } }], '--params', '{"bins":1}')
    expect(lines.map((line) => line['n_states'])).toEqual([1, 3])
  })

  it('takes T from an NPY file', async () => {
    const npy = join(folder, 'T.npy')
    await writeFile(npy, npyBytes(Float64Array.from(layer.T.flat()), { descr: '<f8', shape: '(4, 1)' }))
    const { lines } = await estimate('bin-fixed', [{ npy, labels: layer.labels }])
    expect(lines[0]).toMatchObject({ I_XT: 1.5 })
  })

  it('writes the entropy of a layer that is all zero as a string, and its information as 0', async () => {
    const { lines, status } = await estimate('akde-std', [{ T: [[0], [0], [0]], labels: '010' }])
    expect(lines).toEqual([{ H_T: '-Infinity', I_XT: 0, I_TY: 0 }])
    expect(status).toBe(0)
  })

  it('answers a bad line with an error in its place and exits with 1', async () => {
    const bad = [
      'nonsense',
      { X: [[1], [2]] },
      { T: [[1], [2, 3]], labels: [0, 1] },
      { T: [[1], [2]], labels: [0] },
      { T: [[1], [2]] },
      { T: [[1], ['a']], labels: [0, 1] },
      { ...layer, params: { bans: 3 } },
    ]
    const { lines, status } = await estimate('bin-fixed', [...bad, layer])
    expect(status).toBe(1)
    expect(lines.map((line) => line['error'] ?? 'none')).toEqual([
      expect.stringContaining('line 1: this is not JSON'),
      expect.stringContaining('line 2: bin-fixed takes {"T":'),
      expect.stringContaining('line 3: row 1 of "T" has 2 entries'),
      expect.stringContaining('line 4: bin-fixed: T has 2 rows and labels 1'),
      expect.stringContaining('line 5: "labels" is null'),
      expect.stringContaining('line 6: "T" has "a" at row 1, column 0'),
      expect.stringContaining('line 7: bin-fixed: '),
      'none',
    ])
  })

  it('says what is wrong with too few samples and repeated ones', async () => {
    const [few, repeated] = [
      { X: [[1], [2]], Y: [[1], [2]] },
      { X: Array(9).fill([1]), Y: Array(9).fill([1]) },
    ]
    const { lines, status } = await estimate('ksg1', [few, repeated])
    expect(status).toBe(1)
    expect(lines.map((line) => line['error'])).toEqual([
      'line 1: ksg1: 2 samples; 3 neighbours need at least 4',
      expect.stringContaining('line 2: ksg1: sample 0 is repeated'),
    ])
  })

  it('an unknown id or parameter is a wrong command line: exit 2, with what there is', async () => {
    expect(await softscope(['estimate', 'ksg3'])).toMatchObject({ status: 2, stderr: expect.stringMatching(/ksg[12]/) })
    const flags = ['estimate', 'ksg1', '--params', '{"neighbours":4}']
    expect(await softscope(flags)).toMatchObject({ status: 2, stderr: expect.stringContaining('--params: ksg1') })
  })
})
