import { describe, expect, it } from 'vitest'
import { klOfRanks, mixedContext, mixtureLogProbabilities } from '../../../src/math/bottleneck/mixtures.ts'
import { rankDecisions } from '../../../src/math/bottleneck/rank.ts'
import { centreRows, logProbabilities, probabilities, softCap } from '../../../src/math/bottleneck/views.ts'
import { mapEntries, rowOf, type Matrix } from '../../../src/math/linalg/matrix.ts'
import { multiplyTransposed } from '../../../src/math/linalg/products.ts'
import { singularValues } from '../../../src/math/linalg/singularValues.ts'
import { sigsoftmax } from '../../../src/math/normalizers/sigsoftmax.ts'
import { softmax } from '../../../src/math/normalizers/softmax.ts'
import { golden, hidden, largestError, logits, weights } from './fixtures.ts'

interface Case {
  name: string
  singularValuesClr: number[]
  rankTol: number
  rankGap: number
  rank1e3: number
  rank1e6: number
  row0: number[]
}
const file = golden<{
  V: number
  d: number
  n: number
  base: number
  cases: Case[]
  klOfClrTruncation: { rows: { r: number; kl: number }[] }
}>('mixtures')
const { V, d, n, base } = file
const w = weights(base + 500, V, d)
const h = hidden(base + 501, n, d, 1.5)

function contextsOf(count: number): Matrix[] {
  return Array.from({ length: count }, (_, k) => {
    const a = weights(base + 510 + 10 * count + k, d, d)
    return mapEntries(multiplyTransposed(h, a), (x) => 3 * Math.tanh(x))
  })
}
const mixingOf = (count: number): Matrix => probabilities(multiplyTransposed(h, weights(base + 505 + count, count, d)))
const mapRows = (z: Matrix, map: (row: Float64Array) => Float64Array): Matrix => ({
  ...z,
  values: Float64Array.from(Array.from({ length: z.rows }, (_, r) => [...map(rowOf(z, r))]).flat()),
})
const partsOf = (count: number, map: (row: Float64Array) => Float64Array): Matrix[] =>
  contextsOf(count).map((context) => mapEntries(mapRows(logits(context, w), map), Math.log))

/** Log-probabilities of the model that a case's name describes. */
function outputsOf(name: string): Matrix {
  const [kind = '', argument] = name.split('_')
  const count = Number(argument)
  switch (kind) {
    case 'mos':
      return mixtureLogProbabilities(
        partsOf(count, (z) => softmax(z, 1)),
        mapEntries(mixingOf(count), Math.log),
      )
    case 'moss':
      return mixtureLogProbabilities(partsOf(count, sigsoftmax), mapEntries(mixingOf(count), Math.log))
    case 'moc':
      return logProbabilities(logits(mixedContext(contextsOf(count), mixingOf(count)), w))
    case 'sigsoftmax':
      return mapEntries(mapRows(logits(h, w), sigsoftmax), Math.log)
    case 'softcap':
      return logProbabilities(softCap(logits(h, w), count))
    default:
      return logProbabilities(logits(h, w))
  }
}

describe.each(file.cases)('$name', (c) => {
  const outputs = outputsOf(c.name)
  const s = singularValues(centreRows(outputs))

  it('has the golden log-probabilities and centred spectrum', () => {
    expect(largestError(outputs.values, c.row0)).toBeLessThan(1e-12)
    expect(largestError(s, c.singularValuesClr)).toBeLessThan(1e-9 * s[0]!)
  })

  it('has the golden rank, and as many values above 1e-3 and 1e-6 of the largest, give or take one', () => {
    expect(rankDecisions(s, n, V).rankTol).toBe(c.rankTol)
    const above = (share: number) => s.filter((x) => x > share * s[0]!).length
    expect(Math.abs(above(1e-3) - c.rank1e3)).toBeLessThanOrEqual(1)
    expect(Math.abs(above(1e-6) - c.rank1e6)).toBeLessThanOrEqual(1)
  })
})

it('a mixture of five softmaxes costs a model of rank r the golden KL', () => {
  const { rows } = file.klOfClrTruncation
  const found = klOfRanks(
    outputsOf('mos_5'),
    rows.map(({ r }) => r),
  )
  expect(
    largestError(
      found,
      rows.map(({ kl }) => kl),
    ),
  ).toBeLessThan(1e-10)
})

it('a mixture of equal parts is that part, also where a probability is e^−2000 and its number 0', () => {
  const part: Matrix = { rows: 1, cols: 2, values: Float64Array.of(-2000, 0) }
  const mixing: Matrix = { rows: 1, cols: 2, values: Float64Array.of(Math.log(0.25), Math.log(0.75)) }
  const [low, high] = mixtureLogProbabilities([part, part], mixing).values
  expect(low).toBeCloseTo(-2000, 11)
  expect(high).toBeCloseTo(0, 15)
})
