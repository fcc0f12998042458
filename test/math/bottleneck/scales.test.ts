import { describe, expect, it } from 'vitest'
import { OutputTokens } from '../../../src/math/bottleneck/outputTokens.ts'
import {
  decideByLeastSquares,
  enclosureError,
  testToken,
  tokenTester,
} from '../../../src/math/bottleneck/unargmaxable.ts'
import { fromRows } from '../../../src/math/linalg/matrix.ts'
import { golden } from './fixtures.ts'

// Lost tokens by the simplex method in exact rationals, Bland's rule, from the float64 entries as they are.
const layers = golden<{ name: string; W: number[][]; b: number[] | null; lost: number[] }[]>('unargmaxableScales')

type Layer = Pick<(typeof layers)[number], 'W' | 'b'>
const tokensOf = ({ W, b }: Layer) => new OutputTokens(fromRows(W), b && Float64Array.from(b))
const verdictsOf = (tokens: OutputTokens) => {
  const all = Array.from({ length: tokens.count }, (_, token) => token)
  return [
    all.map((token) => testToken(tokens, token)),
    all.map(tokenTester(tokens)),
    all.map((token) => decideByLeastSquares(tokens, token)),
  ]
}
const lostIn = (tokens: OutputTokens) =>
  verdictsOf(tokens).map((verdicts) => ({
    lost: verdicts.flatMap(({ kind }, token) => (kind === 'unargmaxable' ? [token] : [])),
    open: verdicts.flatMap(({ kind }, token) => (kind === 'undecided' ? [token] : [])),
  }))
const truth = ({ lost }: { lost: number[] }) => Array.from({ length: 3 }, () => ({ lost, open: [] as number[] }))

/** Columns and biases times powers of two near these of ten: exact, so that the truth is that of the layer as it was. */
const scaled = ({ W, b }: Layer, tens: readonly number[], biasTens: number): Layer => {
  const by = [...tens, biasTens].map((ten) => 2 ** Math.round(ten * Math.log2(10)))
  return { W: W.map((row) => row.map((x, k) => x * by[k]!)), b: b && b.map((x) => x * by.at(-1)!) }
}
const columnScales = [
  [-250, 250, -250, 250],
  [-200, -200, -200, -200],
  [-14, -14, -14, -14],
  [9, 9, 9, 9],
  [200, 200, 200, 200],
  [-40, 3, 90, -7],
] as const

describe.each(layers)('$name', (layer) => {
  it('loses the tokens that exact rationals lose, alone, together, and by least squares', () => {
    expect(lostIn(tokensOf(layer))).toEqual(truth(layer))
  })

  it.each(columnScales)(
    'loses the same with columns times 10 to %i, %i, %i, %i and biases of other sizes',
    (...tens) => {
      for (const biasTens of [0, 18, -30]) expect(lostIn(tokensOf(scaled(layer, tens, biasTens)))).toEqual(truth(layer))
    },
  )

  it('has certificates in its own coordinates: a lead of W h + b, or weights that average to the row in each', () => {
    for (const each of [layer, scaled(layer, [-200, 90, -14, 3], 0)]) {
      const tokens = tokensOf(each)
      const all = verdictsOf(tokens).flatMap((verdicts) => [...verdicts.entries()])
      const unproved = all.filter(([token, verdict]) => {
        if (verdict.kind === 'undecided') return true
        if (verdict.kind === 'argmaxable')
          return !(leadAt(each, token, verdict.hidden) >= verdict.margin && verdict.margin > 0)
        return !(enclosureError(tokens, token, verdict.enclosedBy, verdict.weights) < 1e-11)
      })
      expect(unproved).toEqual([])
    }
  })
})

/** By how much the token's logit exceeds the next. */
function leadAt({ W, b }: Layer, token: number, h: Float64Array): number {
  const lead = (j: number) =>
    W[token]!.reduce((sum, w, k) => sum + (w - W[j]![k]!) * h[k]!, (b?.[token] ?? 0) - (b?.[j] ?? 0))
  return Math.min(...W.flatMap((_, j) => (j === token ? [] : [lead(j)])))
}

it('weights that miss a small column are no enclosure: 1e-9 of a column counts as much as all of another', () => {
  const W = [
    [0, 1e-9],
    [1, 0],
    [-1, 0],
    [0, -1e-9],
  ]
  const tokens = tokensOf({ W, b: null })
  // By hand: the average is (0, 0), which misses the whole of 1e-9.
  expect(enclosureError(tokens, 0, [1, 2], [0.5, 0.5])).toBe(1)
  expect(testToken(tokens, 0).kind).toBe('argmaxable')
})

it('biases that are all equal change nothing, at any size', () => {
  const { W } = layers[0]!
  for (const b of [0, 1, -1e300, 1e-300]) expect(lostIn(tokensOf({ W, b: W.map(() => b) }))).toEqual(truth(layers[0]!))
})
