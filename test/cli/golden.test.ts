import { describe, expect, it } from 'vitest'
import { normalizerById } from '../../src/math/index.ts'
import { probeError, rowError } from '../math/normalizers/goldenErrors.ts'
import { goldenFiles } from '../math/normalizers/goldenFiles.ts'
import { readGolden, rowOf, type GoldenCase, type Probe } from '../math/normalizers/readGolden.ts'
import { jsonLines, softscope } from './softscope.ts'

interface Answer {
  readonly y: readonly (number | string)[]
  readonly vjp: readonly (number | string)[]
  readonly loss?: { readonly value: number | string; readonly grad: readonly (number | string)[] }
}

const words = ['Infinity', '-Infinity', 'NaN']
const spelled = (value: number) => (Number.isFinite(value) ? value : String(value))
/** The numbers of a row that must hold nothing but numbers and the three words. */
function numbers(row: readonly (number | string)[]): number[] {
  expect(words).toEqual(expect.arrayContaining(row.filter((entry) => typeof entry === 'string')))
  return row.map(Number)
}

function inputLine({ x, mask, cotangent, loss }: GoldenCase): string {
  const row = (values: GoldenCase['x']) => Array.from(rowOf(values), spelled)
  return JSON.stringify({ x: row(x), mask, cotangent: row(cotangent), target: loss?.target })
}

const errorOf = (row: readonly (number | string)[], want: readonly number[] | Probe) =>
  'idx' in want ? probeError(numbers(row), want) : rowError(numbers(row), want)

/** The cases of a file, those with the same parameters and the same use of a loss together. */
function groups(cases: readonly GoldenCase[]): GoldenCase[][] {
  const found = new Map<string, GoldenCase[]>()
  for (const each of cases) {
    const key = JSON.stringify([each.params, each.loss !== undefined])
    found.set(key, [...(found.get(key) ?? []), each])
  }
  return [...found.values()]
}

// Some hundred processes, one after another.
describe('softscope eval gives the golden numbers of', { timeout: 60_000 }, () => {
  it.each([...goldenFiles, { file: 'log_softmax', id: 'log-softmax', wider: {} }])(
    '$file, at its float64 tolerance',
    async ({ file, id, wider }) => {
      const { cases, tolerance } = readGolden(file)
      const tolerances = { ...(tolerance.f64 as Record<string, number>), ...wider }
      let compared = 0
      for (const group of groups(cases)) {
        const { loss, params } = group[0]!
        const flags = [
          '--params',
          JSON.stringify(params),
          '--vjp',
          ...(loss && normalizerById(id)?.loss ? ['--loss'] : []),
        ]
        const { status, stdout, stderr } = await softscope(['eval', id, ...flags], group.map(inputLine).join('\n'))
        expect([status, stderr]).toEqual([0, ''])
        const answers = jsonLines(stdout) as Answer[]
        expect(answers).toHaveLength(group.length)
        group.forEach((want, i) => {
          const got = answers[i]!
          const found = {
            y: errorOf(got.y, want.y),
            vjp: errorOf(got.vjp, want.vjp),
            loss: got.loss && want.loss ? rowError(numbers([got.loss.value]), [want.loss.value]) : 0,
            loss_grad: got.loss && want.loss ? errorOf(got.loss.grad, want.loss.grad) : 0,
          }
          for (const [quantity, error] of Object.entries(found)) {
            expect.soft(error, `${want.id} ${quantity}`).toBeLessThanOrEqual(tolerances[quantity] ?? 0)
            compared++
          }
        })
      }
      expect(compared).toBe(4 * cases.length)
    },
  )
})
