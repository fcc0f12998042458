import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compute } from '../../src/panels/ibCurve/compute.ts'
import { describe as inWords } from '../../src/panels/ibCurve/describe.ts'
import {
  fullCell,
  totalOf,
  withColumn,
  withoutColumn,
  withoutRow,
  withRow,
  weightProblem,
  withWeight,
} from '../../src/panels/ibCurve/edits.ts'
import { defaults, type IbCurveExperiment } from '../../src/panels/ibCurve/experiment.ts'
import { ibCurvePanel } from '../../src/panels/ibCurve/index.ts'
import { presetJoints } from '../../src/panels/ibCurve/presetJoints.ts'
import { openExperiment } from '../../src/panels/openExperiment.ts'
import { context, run } from './ibCurve.ts'

interface GoldenCurve {
  readonly id: string
  readonly pxy: number[][]
  readonly beta_c: number
  readonly points: { readonly beta: number; readonly I_XT: number; readonly I_TY: number }[]
  readonly dib_points: { readonly beta: number; readonly H_T: number; readonly I_TY: number }[]
}

const { cases } = JSON.parse(readFileSync('test/fixtures/information/ib_curves.json', 'utf8')) as {
  cases: readonly GoldenCurve[]
}

describe.each(cases)('the panel on the golden joint $id', ({ pxy, beta_c, points, dib_points }) => {
  it('gives its points, hard points and onset, certified', async () => {
    const betas = [...new Set([...points, ...dib_points].map(({ beta }) => beta))]
    const result = await run({ joint: pxy, betas })
    const at = (beta: number) => result.points.find((point) => point.beta === beta)!
    const misses = points.filter(({ beta, I_XT, I_TY }) => {
      // Near the critical β the golden values themselves are good to 1e-4 only.
      const tolerance = Math.abs(beta / beta_c - 1) < 0.06 ? 1e-4 : 1e-6
      return !(Math.abs(at(beta).I_XT - I_XT) <= tolerance && Math.abs(at(beta).I_TY - I_TY) <= tolerance)
    })
    expect(misses).toEqual([])
    for (const { beta, H_T, I_TY } of dib_points) {
      const hard = result.dib.find((point) => point.beta === beta)!
      expect(Math.abs(hard.H_T - H_T)).toBeLessThan(1e-9)
      expect(Math.abs(hard.I_TY - I_TY)).toBeLessThan(1e-9)
    }
    expect(Math.abs(result.criticalBetas[0]! - beta_c)).toBeLessThan(1e-9)
    for (const { certificate } of result.points) expect(certificate).toBeGreaterThan(-1e-9)
  })
})

describe('the ib-curve panel', () => {
  it('recognises joints whose curve is known: a flipped bit, a lost bit, a function', async () => {
    const names = ['bsc10', 'bec30', 'det5x3', 'hier4'] as const
    const forms = await Promise.all(
      names.map(async (name) => (await run({ joint: presetJoints[name], betas: [3] })).closedForm),
    )
    expect(forms.map((form) => form?.name ?? null)).toEqual([
      'a binary symmetric channel, ε = 0.100',
      'an erasure channel, e = 0.300',
      'y is a function of x',
      null,
    ])
  })

  it.each(cases.filter(({ id }) => id.slice(3) in presetJoints))('starts from the golden joint $id', ({ id, pxy }) => {
    expect(presetJoints[id.slice(3) as keyof typeof presetJoints]).toEqual(pxy)
  })

  it.each([
    // 1 / (1 − 2ε)², the same for the coarse bit of the hierarchy, 1 / (1 − e), and 1 for a function of x.
    ['bsc10', 1.5625],
    ['hier4', 1.5625],
    ['bec30', 1 / 0.7],
    ['det5x3', 1],
    // By an independent singular value decomposition (LAPACK) of the joint that is not rounded to six decimals.
    ['ring8x4', 1.75025],
  ] as const)('leaves the trivial solution of %s at β = %f', async (name, onset) => {
    const { criticalBetas } = await run({ joint: presetJoints[name], betas: [2] })
    expect(Math.abs(criticalBetas[0]! - onset)).toBeLessThan(5e-6)
  })

  it('gives the ring four clusters at once', async () => {
    const { points } = await run({ joint: presetJoints.ring8x4, betas: [1.7, 1.9] })
    expect(points.map(({ parts }) => parts.length)).toEqual([1, 4])
  })

  it('merges clusters that say the same: two of the hierarchy at β = 3, four beyond 10', async () => {
    const { points } = await run({ betas: [3, 20] })
    expect(points.map(({ parts }) => parts.length)).toEqual([2, 4])
    // By symmetry x1 and x2 share a cluster, x3 and x4 the other, and the halves weigh as much.
    for (const [t, share] of points[0].encoder[0]!.entries()) expect(share).toBeCloseTo(points[0].encoder[1]![t]!, 6)
    for (const { mass } of points[0].parts) expect(mass).toBeCloseTo(0.5, 9)
  })

  it('draws as many clusters as it counts, where they tell of y by less than 1e-4: two of each at β = 1e10', async () => {
    const joint = [
      [0.25 + 1e-5, 0.25 - 1e-5],
      [0.25 - 1e-5, 0.25 + 1e-5],
    ]
    // Far beyond 1 / σ² = 1 / (4e-5)² = 6.25e8 nothing is kept back.
    const { points } = await run({ joint, betas: [1e10] })
    expect(points.map(({ clusters, parts }) => [clusters, parts.length])).toEqual([[2, 2]])
  })

  it('keeps a result and says something else where only β, the view or the rate changes', async () => {
    const result = await run({ betas: [2, 5] })
    const sentence = (patch: Partial<IbCurveExperiment>) => inWords({ ...defaults, ...patch }, result).sentence
    expect(sentence({ beta: 2 })).toContain('At β = 2, T')
    expect(sentence({ beta: 6 })).toContain('At β = 5, T')
    expect(sentence({ view: 'coupling', rate: 1 })).toMatch(/^With at most 1\.00 bits/)
    expect(ibCurvePanel.viewOnly?.fields).toEqual(['beta', 'view', 'rate'])
  })

  it('of independent variables has no onset and nothing to keep', async () => {
    const result = await run({
      joint: [
        [1, 2],
        [2, 4],
      ],
      betas: [2, 50],
    })
    expect(result.values['onset']).toBe(Infinity)
    for (const { I_XT } of result.points) expect(I_XT).toBeLessThan(1e-9)
    expect(result.sentence).toContain('there is nothing to keep')
  })

  it('stops within a β of being told to', async () => {
    const controller = new AbortController()
    const stopping = context({ signal: controller.signal, progress: () => controller.abort() })
    await expect(compute(defaults, stopping).next()).rejects.toThrow(/abort/i)
  })

  it.each([
    [
      {
        joint: [
          [1, 0],
          [0, 0],
        ],
      },
      /each row of joint needs a weight above 0/,
    ],
    [{ joint: [[1, 0], [1]] }, /as many weights each/],
    [{ joint: Array.from({ length: 13 }, () => [1, 1]) }, /13 × 2; it must be 2 × 2 to 12 × 12/],
    [{ betas: [0] }, /a β must be above 0/],
  ])('refuses %o', (fields, message) => {
    const opened = openExperiment(ibCurvePanel, fields, ibCurvePanel.version)
    expect('problems' in opened && opened.problems.join(' ')).toMatch(message)
  })
})

describe('the coupling view', () => {
  it('fills the gaps: at each rate at least the best grouping, at most the rate, and more than it between groupings', async () => {
    const { coupling, ceilings } = await run({ joint: presetJoints.det5x3, betas: [2] })
    for (const { rate, best, filled, greedy } of coupling.points) {
      expect(filled).toBeGreaterThanOrEqual(best! - 1e-12)
      expect(best!).toBeGreaterThanOrEqual(greedy - 1e-12)
      expect(filled).toBeLessThanOrEqual(rate + 1e-9)
    }
    expect(coupling.points.some(({ best, filled }) => filled > best! + 0.05)).toBe(true)
    expect(coupling.points.at(-1)!.filled).toBeCloseTo(ceilings.H_X, 9)
  })

  it('pairs T with y with the margins of both, above the bound', async () => {
    const { coupling } = await run({ betas: [2] })
    for (const { coupling: table, H_joint, bound } of coupling.points) {
      table[0]!.forEach((_, y) => expect(table.reduce((sum, row) => sum + row[y]!, 0)).toBeCloseTo(0.25, 12))
      expect(H_joint).toBeGreaterThanOrEqual(bound - 1e-12)
    }
  })
})

describe('edits of the joint', () => {
  const joint = [
    [1, 0],
    [2, 3],
  ]
  it('change one weight, but never empty a row', () => {
    expect(withWeight(joint, 1, 0, 5)).toEqual({
      joint: [
        [1, 0],
        [5, 3],
      ],
    })
    expect(withWeight(joint, 0, 0, 0)).toEqual({ joint })
  })
  it('say of a typed weight what it must be: not below 0, not too large, and not the last one of its row gone', () => {
    const told = [-1, NaN, 1e13, 0, 5].map((weight) => weightProblem(joint, 0, 0, weight))
    const range = 'from 0 to 1e+12'
    expect(told).toEqual([range, range, range, 'above 0: x1 has no other weight', null])
    expect(weightProblem(joint, 1, 0, 0)).toBeNull()
  })
  it('add and remove values of x and y between 2 and 12', () => {
    expect(withRow(joint)).toEqual({ joint: [...joint, [3, 2]] })
    expect(withColumn(joint)).toEqual({
      joint: [
        [1, 0, 0],
        [2, 3, 1.5],
      ],
    })
    expect([withoutRow(joint), withoutColumn(joint)]).toEqual([null, null])
    expect(
      withoutColumn([
        [0, 0, 1],
        [1, 1, 1],
      ]),
    ).toBeNull()
    expect(withRow(Array.from({ length: 12 }, () => [1, 1]))).toBeNull()
  })
  it('know their total and a round full cell above the largest', () => {
    expect(totalOf(joint)).toBe(6)
    expect([fullCell(joint), fullCell([[0.175]]), fullCell([[9]])]).toEqual([4, 0.3, 15])
  })
})
