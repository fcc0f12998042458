import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { estimatorById } from '../../../src/math/estimators/index.ts'
import { resolveEstimatorParams } from '../../../src/math/estimators/params.ts'
import { labelsFrom, type Sample, type Samples } from '../../../src/math/estimators/sample.ts'

interface Expectation {
  readonly estimator: string
  readonly params: Record<string, unknown>
  readonly expect: Record<string, number>
  readonly tol: number
}

interface GoldenCase {
  readonly id: string
  readonly kind: string
  readonly expect: readonly Expectation[]
  readonly expect_rows_0_4_8?: { readonly expect: readonly Expectation[] }
  readonly [field: string]: unknown
}

const read = (name: string) =>
  (JSON.parse(readFileSync(`test/fixtures/information/${name}.json`, 'utf8')) as { cases: readonly GoldenCase[] }).cases

const matrix = (values: readonly number[], rows: number, cols: number): Samples => ({
  rows,
  cols,
  values: Float64Array.from(values),
})

/** The labels of the 12-bit task: bit i of the hexadecimal text, most significant first. */
function taskLabels(): string {
  const { labels_hex } = JSON.parse(readFileSync('test/fixtures/information/var_u.json', 'utf8')) as {
    labels_hex: string
  }
  return Array.from(labels_hex, (digit) => parseInt(digit, 16).toString(2).padStart(4, '0')).join('')
}

function bigMatrix(golden: GoldenCase): Samples {
  const [rows, cols] = golden['shape'] as [number, number]
  const bytes = Buffer.from(golden['T_int32_b64'] as string, 'base64')
  const integers = new Int32Array(bytes.buffer, bytes.byteOffset, rows * cols)
  return { rows, cols, values: Float64Array.from(integers, (value) => value / (golden['T_divisor'] as number)) }
}

function sampleOf(golden: GoldenCase): Sample {
  if (golden.kind === 'activation-matrix') {
    if (golden['T_int32_b64']) return { kind: 'activations', T: bigMatrix(golden), labels: labelsFrom(taskLabels()) }
    const [rows, cols] = golden['shape'] as [number, number]
    const labels = labelsFrom(golden['labels'] as string)
    return { kind: 'activations', T: matrix(golden['T'] as number[], rows, cols), labels }
  }
  if (golden.kind === 'pair') {
    const [n, d] = [golden['n'] as number, golden['d'] as number]
    return { kind: 'pair', X: matrix(golden['X'] as number[], n, d), Y: matrix(golden['Y'] as number[], n, d) }
  }
  if (golden.kind === 'critic-scores') {
    const n = golden['n'] as number
    return { kind: 'critic', S: matrix(golden['S'] as number[], n, n) }
  }
  const table = golden['counts'] as number[][]
  return { kind: 'counts', counts: matrix(table.flat(), table.length, table[0]!.length) }
}

/** The golden files write an edge list as an expression; the registry takes its three numbers. */
function paramsOf({ params }: Expectation): Record<string, unknown> {
  const expression = /^linspace\((.+),(.+),(.+)\)$/.exec(String(params['edges']))
  if (!expression) return params
  return { lo: Number(expression[1]), hi: Number(expression[2]), edges: Number(expression[3]) }
}

/** The fields whose value is farther from the golden one than its tolerance, with both. */
function misses(sample: Sample, expectation: Expectation): string[] {
  const entry = estimatorById(expectation.estimator.replaceAll('_', '-'))!
  const { nats, counts } = entry.estimate(sample, resolveEstimatorParams(entry.id, entry.params, paramsOf(expectation)))
  return Object.entries(expectation.expect).flatMap(([field, want]) => {
    const got = counts?.[field] ?? nats[field]! / Math.LN2
    return Math.abs(got - want) <= expectation.tol ? [] : [`${field}: ${got} for ${want}`]
  })
}

/** Not estimators of samples: they have tests of their own. */
const elsewhere = /^(vib|dab|mec|ebim)/

for (const file of ['activation_mi', 'activation_mi_big', 'continuous_pairs', 'discrete_and_bounds']) {
  describe(`the golden file ${file}`, () => {
    for (const golden of read(file)) {
      if (elsewhere.test(golden.kind)) continue
      for (const expectation of golden.expect)
        it(`${golden.id}: ${expectation.estimator} ${JSON.stringify(expectation.params)} within ${expectation.tol} bits`, () => {
          expect(misses(sampleOf(golden), expectation)).toEqual([])
        })
      for (const expectation of golden.expect_rows_0_4_8?.expect ?? [])
        it(`${golden.id}, every fourth row: ${expectation.estimator} ${JSON.stringify(expectation.params)}`, () => {
          const { T, labels } = sampleOf(golden) as Extract<Sample, { kind: 'activations' }>
          const rows = Array.from({ length: T.rows / 4 }, (_, r) => 4 * r)
          const values = Float64Array.from(rows.flatMap((r) => [...T.values.subarray(r * T.cols, (r + 1) * T.cols)]))
          const some = labelsFrom(rows.map((r) => labels.of[r]))
          const fourth: Sample = { kind: 'activations', T: { rows: rows.length, cols: T.cols, values }, labels: some }
          expect(misses(fourth, expectation)).toEqual([])
        })
    }
  })
}
