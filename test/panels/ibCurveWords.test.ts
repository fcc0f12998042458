import { describe, expect, it } from 'vitest'
import { clusterSplits } from '../../src/math/informationBottleneck/criticalBetas.ts'
import { jointFrom } from '../../src/math/informationBottleneck/joint.ts'
import { fromRows } from '../../src/math/linalg/matrix.ts'
import { ibCurvePanel } from '../../src/panels/ibCurve/index.ts'
import { presetJoints } from '../../src/panels/ibCurve/presetJoints.ts'
import { openExperiment } from '../../src/panels/openExperiment.ts'
import { results, run } from './ibCurve.ts'

/** Neighbours go together, the farther the less: 12 × 12, the largest that is taken. */
const band = Array.from({ length: 12 }, (_, x) =>
  Array.from({ length: 12 }, (_, y) => Math.round(100 * Math.exp(-((x - y) ** 2) / 6)) / 100),
)

describe('a joint of 12 × 12', { timeout: 150_000 }, () => {
  it('gives parts of its curve while it computes, the largest β first, and all 60 points and every split at the end', async () => {
    const all = await results({ joint: band })
    const last = all.at(-1)!
    expect(last.points).toHaveLength(60)
    expect(all.length).toBeGreaterThan(1)
    for (const part of all) {
      expect(part.points).toEqual(last.points.slice(-part.points.length))
      expect(part.span).toEqual([last.points[0].beta, last.points.at(-1)!.beta])
    }
    // 1 / σ₂² by LAPACK.
    expect(last.criticalBetas[0]).toBeCloseTo(1.286624657, 8)
    // The marks against the clusters of each point, which were searched anew there.
    const marked = (beta: number) => last.gains.findLast((gain) => gain.beta < beta)?.to ?? 1
    const near = (beta: number) => last.gains.some((gain) => Math.abs(gain.beta / beta - 1) < 5e-3)
    expect(last.points.filter(({ beta, clusters }) => !near(beta) && marked(beta) !== clusters)).toEqual([])
    for (const { certificate } of last.points) expect(certificate).toBeGreaterThan(-1e-9)
  })
})

const jump = [
  [0.3, 0],
  [0.35, 0.35],
]

describe('the words of the ib-curve panel', () => {
  it('never say that it is best to keep nothing below a β at which something is kept', async () => {
    const last = await run({ joint: jump, beta: 4.2 })
    // ln(1 / 0.3) / ln(1 / 0.65), by hand: a cluster of x1 alone.
    expect(last.sentence).toContain('below β = 2.7948 it is best to keep nothing')
    expect(last.points[0].beta).toBeLessThan(2.7948)
    for (const { beta, I_XT } of last.points) expect(I_XT > 1e-9).toBe(beta > 2.79484)
    expect(last.gains).toHaveLength(1)
  })

  it('say of hard clusterings of ten values of x that they are not all of them', async () => {
    expect((await run({ joint: band.slice(0, 10), betas: [2] })).hardIsExact).toBe(false)
    expect((await run({ betas: [2] })).hardIsExact).toBe(true)
  })

  it('say of a function of x that β finds the corner alone, and of no other joint', async () => {
    const det = [
      [1, 0],
      [1, 0],
      [0, 1],
    ]
    expect((await run({ joint: det })).sentence).toContain('every β above 1 gives the corner')
    expect((await run({})).sentence).not.toContain('corner')
  })

  it('give the onset of a bit flipped one time in ten with the digits that it has: 1.5625', async () => {
    const flipped = [
      [0.45, 0.05],
      [0.05, 0.45],
    ]
    expect((await run({ joint: flipped })).sentence).toContain('below β = 1.5625 it is best')
  })
})

it('splits come one at a time, so that a search can be stopped between them', () => {
  const splits = clusterSplits(jointFrom(fromRows(presetJoints.hier4)), 1000)
  const [first, second, third] = [splits.next().value, splits.next().value, splits.next().value]
  expect(first).toBeCloseTo(1.5625, 9)
  // 1 / σ² inside the hard clusters, by hand: 3.6 and 10; the clusters are soft, by less than 0.1 % there.
  expect(Math.abs(Number(second) / 3.6 - 1)).toBeLessThan(1e-3)
  expect(Math.abs(Number(third) / 10 - 1)).toBeLessThan(1e-3)
})

it.each([
  [
    [
      [NaN, 1],
      [1, 1],
    ],
    /a weight must be/,
  ],
  [
    [
      [Infinity, 1],
      [1, 1],
    ],
    /a weight must be/,
  ],
  [
    [
      [-0.1, 1],
      [1, 1],
    ],
    /a weight must be from 0 to/,
  ],
  [
    [
      ['a', 1],
      [1, 1],
    ],
    /a weight must be a number/,
  ],
  [[[1]], /joint is 1 × 1; it must be 2 × 2 to 12 × 12/],
  [[], /joint is 0 × 0/],
  ['hier4', /joint must be a list of rows/],
])('a joint of %j is refused: it says what would be right', (joint, message) => {
  const opened = openExperiment(ibCurvePanel, { joint }, ibCurvePanel.version)
  expect('problems' in opened && opened.problems.join(' ')).toMatch(message)
})

it('weights that do not sum to 1 are shares of their sum, and a column of zeros is a value that y never takes', async () => {
  const [result] = (
    await results({
      joint: [
        [9, 1, 0],
        [1, 9, 0],
      ],
      betas: [5],
    })
  ).slice(-1)
  // 1 − h(0.1), by hand.
  expect(result!.ceilings.I_XY).toBeCloseTo(0.531004406, 8)
  expect(result!.points[0].certificate).toBeGreaterThan(-1e-9)
})
