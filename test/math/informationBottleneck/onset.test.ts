import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { dependenceSpectrum } from '../../../src/math/informationBottleneck/criticalBetas.ts'
import { ibCurve } from '../../../src/math/informationBottleneck/ibCurve.ts'
import { jointFrom } from '../../../src/math/informationBottleneck/joint.ts'
import { onsetBeta } from '../../../src/math/informationBottleneck/onset.ts'
import { fromRows } from '../../../src/math/linalg/matrix.ts'
import { rng } from '../../../src/math/random/rng.ts'
import { independent } from './joints.ts'

const { cases } = JSON.parse(readFileSync('test/fixtures/information/ib_curves.json', 'utf8')) as {
  cases: readonly { readonly id: string; readonly pxy: number[][]; readonly beta_c: number }[]
}

/** x1 and x2 point apart, x3 to y2 but never to y3: a cluster of x1 alone pays before the balance is lost. */
const jump = [
  [0.35, 0, 0.15],
  [0, 0.35, 0.15],
  [0.15, 0.35, 0],
]

/** The least D(r ‖ p(x)) / D(r W ‖ p(y)) over a grid of r on three values of x, from its definition. */
function leastRatio(table: readonly (readonly number[])[], steps: number): number {
  const total = table.flat().reduce((sum, weight) => sum + weight, 0)
  const px = table.map((row) => row.reduce((sum, weight) => sum + weight, 0) / total)
  const of = (r: readonly number[]) =>
    table[0]!.map((_, y) => table.reduce((sum, row, x) => sum + (r[x]! * row[y]!) / px[x]! / total, 0))
  const py = of(px)
  const divergence = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, share, i) => sum + (share > 0 ? share * Math.log(share / b[i]!) : 0), 0)
  let least = Infinity
  for (let i = 0; i <= steps; i++)
    for (let j = 0; i + j <= steps; j++) {
      const r = [i / steps, j / steps, (steps - i - j) / steps]
      const kept = divergence(of(r), py)
      // Beside p(x) itself both are rounding.
      if (kept > 1e-6) least = Math.min(least, divergence(r, px) / kept)
    }
  return least
}

it.each(cases)(
  'nothing is worth keeping of $id just below it, and something just above, as the curve finds',
  ({ pxy }) => {
    const joint = jointFrom(fromRows(pxy))
    const onset = onsetBeta(joint)
    const [above, below] = [...ibCurve(joint, [0.999 * onset, 1.001 * onset], rng(2))]
    expect(above!.I_XT).toBeGreaterThan(1e-3)
    expect(below!.I_XT).toBeLessThan(1e-9)
  },
)

it.each(cases)(
  'is 1 / σ² of the golden joint $id, or before it where the best encoder jumps',
  ({ id, pxy, beta_c }) => {
    const onset = onsetBeta(jointFrom(fromRows(pxy)))
    const [low, high] = id === 'ib-rand6x3' ? [0.9 * beta_c, 0.92 * beta_c] : [beta_c - 1e-9, beta_c + 1e-9]
    expect(onset).toBeGreaterThan(low)
    expect(onset).toBeLessThan(high)
  },
)

// The grid has steps of 1/400, so its least ratio may lie a little higher; beside p(x) it is rounding below 1e-5.
it.each([
  ['in the middle of the values of x', jump],
  [
    'to a rare value of x',
    [
      [1, 0],
      [20, 20],
      [1, 5],
    ],
  ],
])('of a joint that jumps %s is the least ratio of a grid of further clusters, before 1 / σ²', (_, table) => {
  const joint = jointFrom(fromRows(table))
  const onset = onsetBeta(joint)
  expect(Math.abs(onset / leastRatio(table, 400) - 1)).toBeLessThan(1e-5)
  expect(onset).toBeLessThan((1 - 1e-6) / dependenceSpectrum(joint)[1]! ** 2)
})

it('of independent variables is nowhere', () => {
  expect(onsetBeta(independent)).toBe(Infinity)
})
