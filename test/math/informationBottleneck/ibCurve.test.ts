import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { criticalBetas, dependenceSpectrum } from '../../../src/math/informationBottleneck/criticalBetas.ts'
import { deterministicAt, deterministicFrontier } from '../../../src/math/informationBottleneck/deterministicIb.ts'
import { ibCurve } from '../../../src/math/informationBottleneck/ibCurve.ts'
import { jointFrom, type Joint } from '../../../src/math/informationBottleneck/joint.ts'
import { fromRows } from '../../../src/math/linalg/matrix.ts'
import { rng } from '../../../src/math/random/rng.ts'
import { independent } from './joints.ts'

interface GoldenCurve {
  readonly id: string
  readonly pxy: number[][]
  readonly beta_c: number
  readonly singular_values: number[]
  readonly points: { readonly beta: number; readonly I_XT: number; readonly I_TY: number; readonly L: number }[]
  readonly dib_points: {
    readonly beta: number
    readonly H_T: number
    readonly I_TY: number
    readonly labels: number[]
  }[]
}

const { cases } = JSON.parse(readFileSync('test/fixtures/information/ib_curves.json', 'utf8')) as {
  cases: readonly GoldenCurve[]
}
const joints = new Map(cases.map((golden) => [golden.id, jointFrom(fromRows(golden.pxy))]))
const bits = (nats: number) => nats / Math.LN2

describe.each(cases)('the golden curve $id', ({ id, points, beta_c, singular_values, dib_points }) => {
  const joint = joints.get(id)!
  const curve = new Map(
    [
      ...ibCurve(
        joint,
        points.map((point) => point.beta),
        rng(1),
      ),
    ].map((point) => [point.beta, point]),
  )

  it('has I(X;T) and I(T;Y) within 1e-6 bits, or 1e-4 within 6 % of the first critical β', () => {
    const misses = points.filter(({ beta, I_XT, I_TY }) => {
      const tolerance = Math.abs(beta / beta_c - 1) < 0.06 ? 1e-4 : 1e-6
      const got = curve.get(beta)!
      return !(Math.abs(bits(got.I_XT) - I_XT) <= tolerance && Math.abs(bits(got.I_TY) - I_TY) <= tolerance)
    })
    expect(misses).toEqual([])
  })

  it('has I(X;T) − β I(T;Y) within 1e-8 bits', () => {
    expect(points.filter(({ beta, L }) => !(Math.abs(bits(curve.get(beta)!.lagrangian) - L) <= 1e-8))).toEqual([])
  })

  it('is certified optimal: no probe finds less than −1e-9 bits', () => {
    expect([...curve.values()].filter(({ certificate }) => !(bits(certificate) >= -1e-9))).toEqual([])
  })

  it('starts at the critical β of the golden file, within 1e-9', () => {
    const sigma = dependenceSpectrum(joint)
    singular_values.forEach((value, i) => expect(Math.abs(sigma[i]! - value)).toBeLessThan(1e-12))
    expect(Math.abs(criticalBetas(joint, 100)[0]! - beta_c)).toBeLessThan(1e-9)
  })

  it('has the deterministic points of an exhaustive search, within 1e-9 bits', () => {
    const frontier = deterministicFrontier(joint)
    const misses = dib_points.filter(({ beta, H_T, I_TY }) => {
      const got = deterministicAt(frontier, beta)
      return !(Math.abs(bits(got.H_T) - H_T) <= 1e-9 && Math.abs(bits(got.I_TY) - I_TY) <= 1e-9)
    })
    expect(misses).toEqual([])
  })
})

const binary = (crossover: number): Joint =>
  jointFrom(
    fromRows([
      [(1 - crossover) / 2, crossover / 2],
      [crossover / 2, (1 - crossover) / 2],
    ]),
  )

describe('critical βs', () => {
  it.each([0.05, 0.1, 0.25])('of a symmetric channel with crossover %f are 1 / (1 − 2ε)² alone', (crossover) => {
    const found = criticalBetas(binary(crossover), 1000)
    expect(found).toHaveLength(1)
    expect(Math.abs(found[0]! - 1 / (1 - 2 * crossover) ** 2)).toBeLessThan(1e-9)
  })

  it('of the two-level hierarchy are near 1.5625, 3.6 and 10, where its hard clusters would split', () => {
    const found = criticalBetas(joints.get('ib-hier4')!, 60)
    expect(found).toHaveLength(3)
    // The clusters are soft, so that the later two lie a little off the values of hard ones.
    expect(Math.abs(found[1]! / 3.6 - 1)).toBeLessThan(0.05)
    expect(Math.abs(found[2]! / 10 - 1)).toBeLessThan(0.05)
  })

  it('of independent variables do not exist', () => {
    expect(criticalBetas(independent, 100)).toEqual([])
  })
})
