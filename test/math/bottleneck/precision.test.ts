import { expect, it } from 'vitest'
import { linearLogits, outputMatrix, outputMatrixSteps } from '../../../src/math/bottleneck/outputMatrix.ts'
import { roundingSigma, roundMatrix, type Precision } from '../../../src/math/bottleneck/precision.ts'
import { rankDecisions } from '../../../src/math/bottleneck/rank.ts'
import { singularValues } from '../../../src/math/linalg/singularValues.ts'
import { gaussians } from '../../../src/math/random/gaussian.ts'
import { rng } from '../../../src/math/random/rng.ts'

const matrixOf = (values: Float64Array) => ({ rows: 1, cols: values.length, values })

it.each<[Precision, number]>([
  ['f16', 1],
  ['f16', 1e-6],
  ['bf16', 1e-39],
  ['f32', 1e-44],
])(
  'the predicted error of rounding to %s at a scale of %s is that of the rounded numbers, within 5 %%',
  (format, scale) => {
    const exact = matrixOf(gaussians(rng(5), 4000).map((x) => x * scale))
    const rounded = roundMatrix(exact, format).values
    // Divided first: squares of the smallest would vanish.
    const meanSquare = exact.values.reduce((sum, x, i) => sum + ((rounded[i]! - x) / scale) ** 2, 0) / 4000
    const measured = Math.sqrt(meanSquare)
    expect(Math.abs(roundingSigma(exact, format) / scale / measured - 1)).toBeLessThan(0.05)
  },
)

it('numbers beyond the range of the format that they are rounded to are refused by name', () => {
  const layer = {
    weights: { rows: 3, cols: 1, values: Float64Array.of(1, 2, 4) },
    hidden: { rows: 1, cols: 1, values: Float64Array.of(3) },
    bias: null,
    norm: 'none',
    gain: Float64Array.of(1),
    shift: Float64Array.of(0),
    temperature: 1e-4,
    cap: null,
    view: 'logits',
    rounding: { where: 'outputs', precision: 'f16' },
    noise: null,
    promptMeanRemoved: false,
  } as const
  expect(() => outputMatrix(layer)).toThrow(/outputs of 1\.20e\+5 are beyond the range of f16/)
  const steps = outputMatrixSteps({ ...layer, temperature: 1 }, linearLogits)
  expect([...steps].at(-1)).toBe(1)
})

it('a rank is read off the smallest numbers there are, by their largest drop', () => {
  const s = Float64Array.of(4e-310, 3e-310, 2e-310, 1e-310, 1e-323, 5e-324, 0)
  expect(rankDecisions(s, 7, 7).rankGap).toBe(4)
})

it('singular values beyond float64 are refused, and said to be so', () => {
  const values = new Float64Array(16).fill(1.7e308)
  expect(() => singularValues({ rows: 4, cols: 4, values })).toThrow(/beyond float64/)
})
