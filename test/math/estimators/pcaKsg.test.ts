import { expect, it } from 'vitest'
import { ksg1 } from '../../../src/math/estimators/ksg1.ts'
import { pcaKsgEstimator, principalScores } from '../../../src/math/estimators/pcaKsg.ts'
import { samplesFrom } from '../../../src/math/estimators/sample.ts'
import { gaussian } from '../../../src/math/random/gaussian.ts'
import { rng } from '../../../src/math/random/rng.ts'
import { gaussianPairs } from './draws.ts'

it('one component of 20 noisy copies of X reads as √20 X itself, within 0.02 nats', () => {
  const { X, Y } = gaussianPairs(3, 600, 0.9)
  const draw = rng(4)
  const copies = samplesFrom(
    'X',
    Array.from(X.values, (x) => Array.from({ length: 20 }, () => x + 0.01 * gaussian(draw))),
  )
  const { nats } = pcaKsgEstimator.estimate({ kind: 'pair', X: copies, Y }, { k: 3, dimensions: 1 })
  const scaled = { ...X, values: X.values.map((x) => Math.sqrt(20) * x) }
  // The noise of 0.01 on each copy moves a component by 0.2 % of its spread.
  expect(Math.abs(nats['I']! - ksg1(scaled, Y, 3))).toBeLessThan(0.02)
})

it('scores on all components keep every distance between samples, to 1e-10', () => {
  const draw = rng(5)
  const X = samplesFrom(
    'X',
    Array.from({ length: 12 }, () => Array.from({ length: 4 }, () => gaussian(draw))),
  )
  const scores = principalScores(X, 4)
  const distance = ({ cols, values }: typeof X, i: number, j: number) =>
    Math.hypot(...Array.from({ length: cols }, (_, c) => values[i * cols + c]! - values[j * cols + c]!))
  for (let i = 0; i < 12; i++)
    for (let j = 0; j < i; j++) expect(Math.abs(distance(scores, i, j) - distance(X, i, j))).toBeLessThan(1e-10)
})

it('more components than columns keep the columns there are', () => {
  expect(
    principalScores(
      samplesFrom('X', [
        [1, 2],
        [3, 5],
        [8, 1],
      ]),
      9,
    ).cols,
  ).toBe(2)
})
