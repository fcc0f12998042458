import { describe, expect, it } from 'vitest'
import {
  binaryEntropy,
  deterministicCurve,
  erasureCurve,
  inverseBinaryEntropy,
  symmetricChannelCurve,
} from '../../../src/math/informationBottleneck/closedForms.ts'
import { deterministicFrontier } from '../../../src/math/informationBottleneck/deterministicIb.ts'
import { ibCurve } from '../../../src/math/informationBottleneck/ibCurve.ts'
import { jointFrom } from '../../../src/math/informationBottleneck/joint.ts'
import { fromRows } from '../../../src/math/linalg/matrix.ts'
import { rng } from '../../../src/math/random/rng.ts'

describe('the computed curve meets the closed form', () => {
  it('of a symmetric channel of crossover 0.17, within 1e-8 nats at ten βs', () => {
    const joint = jointFrom(
      fromRows([
        [0.83, 0.17],
        [0.17, 0.83],
      ]),
    )
    const betas = Array.from({ length: 10 }, (_, i) => 2.6 * 1.4 ** i)
    for (const { I_XT, I_TY } of ibCurve(joint, betas, rng(2)))
      expect(Math.abs(I_TY - symmetricChannelCurve(0.17, I_XT))).toBeLessThan(1e-8)
  })

  it('of an erasure channel of rate 0.3: I(T;Y) = 0.7 I(X;T), within 1e-8 nats', () => {
    const joint = jointFrom(
      fromRows([
        [0.35, 0, 0.15],
        [0, 0.35, 0.15],
      ]),
    )
    for (const { I_XT, I_TY } of ibCurve(joint, [1.2, 1.6, 3, 10], rng(2)))
      expect(Math.abs(I_TY - erasureCurve(0.3, I_XT))).toBeLessThan(1e-8)
  })

  it('where Y is a function of X: the corner for every β above 1, within 1e-8 nats', () => {
    const joint = jointFrom(
      fromRows([
        [0.3, 0],
        [0.2, 0],
        [0, 0.5],
      ]),
    )
    for (const { I_XT, I_TY } of ibCurve(joint, [1.3, 2, 8], rng(2))) {
      expect(Math.abs(I_TY - joint.H_Y)).toBeLessThan(1e-8)
      expect(Math.abs(deterministicCurve(joint.H_Y, I_XT) - I_TY)).toBeLessThan(1e-8)
    }
  })
})

it('h⁻¹ undoes h within 1e-12 for p from 0.001 to 0.5', () => {
  for (let p = 0.001; p < 0.49; p += 0.013)
    expect(Math.abs(inverseBinaryEntropy(binaryEntropy(p)) - p)).toBeLessThan(1e-12)
  expect(inverseBinaryEntropy(0)).toBeLessThan(1e-15)
})

it('ten values of x, beyond the exhaustive search: the frontier ends in the two planted clusters', () => {
  const rows = Array.from({ length: 10 }, (_, x) => (x < 5 ? [0.09, 0.01] : [0.01, 0.09]))
  const frontier = deterministicFrontier(jointFrom(fromRows(rows)))
  expect([...frontier.at(-1)!.labels]).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1])
})

describe('a bad joint distribution', () => {
  it('with a negative weight names its row and column', () => {
    expect(() =>
      jointFrom(
        fromRows([
          [1, 2],
          [3, -4],
        ]),
      ),
    ).toThrow('joint: row 1, column 1 is -4; it must be a finite number')
  })

  it('with an empty row says which', () => {
    expect(() =>
      jointFrom(
        fromRows([
          [1, 2],
          [0, 0],
        ]),
      ),
    ).toThrow('joint: row 1 has no mass; leave it out')
  })
})
