import { describe, expect, it } from 'vitest'
import { adaptiveTemperature } from '../../../src/math/normalizers/adaptiveTemperature.ts'
import { gumbelNoise, gumbelSoftmax } from '../../../src/math/normalizers/gumbel.ts'
import { saSoftmax } from '../../../src/math/normalizers/saSoftmax.ts'
import { sigmoid, sigmoidVjp } from '../../../src/math/normalizers/sigmoid.ts'
import { sigsoftmax } from '../../../src/math/normalizers/sigsoftmax.ts'
import { sinkSoftmax, sinkVjp } from '../../../src/math/normalizers/sink.ts'
import { crossEntropy, softmax, softmaxVjp } from '../../../src/math/normalizers/softmax.ts'
import { softmaxN, softmaxNCountVjp } from '../../../src/math/normalizers/softmaxN.ts'
import { sphericalLoss, sphericalSoftmax, sphericalSoftmaxVjp } from '../../../src/math/normalizers/spherical.ts'
import { ssmax } from '../../../src/math/normalizers/ssmax.ts'
import { taylorSoftmax } from '../../../src/math/normalizers/taylor.ts'

const { log, LN2 } = Math

/** The largest error of a weight, in units of 2⁻⁵². */
function ulps(got: Float64Array, want: readonly number[]): number {
  if (got.length !== want.length) return Infinity
  return want.reduce((worst, value, i) => Math.max(worst, Math.abs(got[i]! - value) * 2 ** 52), 0)
}

describe('values worked out by hand', () => {
  it('softmax([ln 1, ln 2, ln 5]) is [1/8, 2/8, 5/8]; at T = ½ the squares share: [1, 4, 25] / 30', () => {
    expect(ulps(softmax([0, LN2, log(5)]), [1 / 8, 2 / 8, 5 / 8])).toBeLessThanOrEqual(4)
    expect(ulps(softmax([0, LN2, log(5)], 0.5), [1 / 30, 4 / 30, 25 / 30])).toBeLessThanOrEqual(4)
    expect(ulps(softmaxVjp([0, 0], [1, 0]), [1 / 4, -1 / 4])).toBeLessThanOrEqual(4)
    expect(crossEntropy([0, LN2, log(5)], 1).value).toBeCloseTo(log(4), 15)
  })

  it('softmax of a cold row is the argmax set, of a hot one uniform', () => {
    expect(ulps(softmax([3, 1, 3], 1e-300), [0.5, 0, 0.5])).toBeLessThanOrEqual(4)
    expect(ulps(softmax([3, 1, 3, -9], 1e300), [0.25, 0.25, 0.25, 0.25])).toBeLessThanOrEqual(4)
  })

  it('ssmax([0, 1], s = 3) is [1, 8] / 9: 2³ for the one logit', () => {
    expect(ulps(ssmax([0, 1], 3), [1 / 9, 8 / 9])).toBeLessThanOrEqual(4)
    expect(ulps(ssmax([0.7], 3), [1])).toBeLessThanOrEqual(4)
  })

  it('ssmax([0, 1], s = −3) turns the order round: [8, 1] / 9', () => {
    expect(ulps(ssmax([0, 1], -3), [8 / 9, 1 / 9])).toBeLessThanOrEqual(4)
  })

  it('saSoftmax([ln 3, 0]) with zero-minmax is [¾, 0], of [ln 3, −ln 3] [9/10, 0]', () => {
    expect(ulps(saSoftmax([log(3), 0]), [3 / 4, 0])).toBeLessThanOrEqual(4)
    expect(ulps(saSoftmax([log(3), -log(3)]), [9 / 10, 0])).toBeLessThanOrEqual(4)
    expect(ulps(saSoftmax([-1, -1], 'x'), [-0.5, -0.5])).toBeLessThanOrEqual(4)
    expect(ulps(saSoftmax([5, 5 + log(3)], 'x-min'), [0, (3 / 4) * log(3)])).toBeLessThanOrEqual(4)
  })

  it('softmaxN([0, ln 2], 1) is [1, 2] / 4, and at [−1e4, −1e4] spends exactly nothing for n = 1 and all for n = 0', () => {
    expect(ulps(softmaxN([0, LN2], 1), [1 / 4, 2 / 4])).toBeLessThanOrEqual(4)
    expect(ulps(softmaxN([-1e4, -1e4], 1), [0, 0])).toBeLessThanOrEqual(4)
    expect(ulps(softmaxN([-1e4, -1e4], 0), [0.5, 0.5])).toBeLessThanOrEqual(4)
    expect(ulps(softmaxN([1e4, -1e4], 4), [1, 0])).toBeLessThanOrEqual(4)
    // ∂/∂n of (1 + 2) / (n + 3) at n = 1.
    expect(softmaxNCountVjp([0, LN2], [1, 1], 1)).toBeCloseTo(-3 / 16, 15)
  })

  it('sinkSoftmax([0, 0], ln 2) is [¼, ¼], and its slope in the sink is −½ · ½', () => {
    expect(ulps(sinkSoftmax([0, 0], LN2), [1 / 4, 1 / 4])).toBeLessThanOrEqual(4)
    expect(sinkVjp([0, 0], [1, 1], LN2)).toBeCloseTo(-1 / 4, 15)
    expect(ulps(sinkSoftmax([-1e4, 0], 1e4), [0, 0])).toBeLessThanOrEqual(4)
  })

  it('sigmoid([0, 0, 0]) with −log n is ¼ each: 1 / (1 + 3)', () => {
    expect(ulps(sigmoid([0, 0, 0]), [1 / 4, 1 / 4, 1 / 4])).toBeLessThanOrEqual(4)
    expect(ulps(sigmoid([1e4, -1e4, 0], 0), [1, 0, 0.5])).toBeLessThanOrEqual(4)
  })

  it('sigmoid keeps the digits of a weight of exp(−700), and of a slope of exp(−40)', () => {
    expect(sigmoid([-700], 0)[0]! / Math.exp(-700)).toBeCloseTo(1, 14)
    expect(sigmoidVjp([40], [1], 0)[0]! / Math.exp(-40)).toBeCloseTo(1, 14)
  })

  it('sigsoftmax([0, ln 3]) is [½, 9/4] / (11/4)', () => {
    expect(ulps(sigsoftmax([0, log(3)]), [2 / 11, 9 / 11])).toBeLessThanOrEqual(4)
  })

  it('taylorSoftmax([0, 1, −1]) of order 2 is [1, 2.5, 0.5] / 4, and [−4, −1, 0] gives most to the lowest', () => {
    const plain = { order: 2, margin: 0, target: 0 }
    expect(ulps(taylorSoftmax([0, 1, -1], plain), [1 / 4, 2.5 / 4, 0.5 / 4])).toBeLessThanOrEqual(4)
    expect(ulps(taylorSoftmax([-4, -1, 0], plain), [5 / 6.5, 0.5 / 6.5, 1 / 6.5])).toBeLessThanOrEqual(4)
  })

  it('taylorSoftmax([0, 2], margin 1 on entry 1) is [1, 2.5] / 3.5', () => {
    expect(ulps(taylorSoftmax([0, 2], { order: 2, margin: 1, target: 1 }), [1 / 3.5, 2.5 / 3.5])).toBeLessThanOrEqual(4)
    expect(ulps(taylorSoftmax([0, 1], { order: 2, margin: 1, target: 9 }), [1 / 3.5, 2.5 / 3.5])).toBeLessThanOrEqual(4)
  })

  it('taylorSoftmax and sphericalSoftmax stay right where powers would overflow', () => {
    expect(
      ulps(taylorSoftmax([1e200, -5e199], { order: 4, margin: 0, target: 0 }), [16 / 17, 1 / 17]),
    ).toBeLessThanOrEqual(4)
    expect(ulps(sphericalSoftmax([3e200, -4e200], 1e-6), [9 / 25, 16 / 25])).toBeLessThanOrEqual(4)
    expect(ulps(sphericalSoftmax([3e-200, -4e-200], 0), [9 / 25, 16 / 25])).toBeLessThanOrEqual(4)
  })

  it('sphericalSoftmax([1, −2], ε = 0) is [1, 4] / 5, with no gradient and a loss of ln 2 at [0, 0]', () => {
    expect(ulps(sphericalSoftmax([1, -2], 0), [1 / 5, 4 / 5])).toBeLessThanOrEqual(4)
    // 2x / 5 ∘ (c − ⟨c, y⟩) with c = [1, 0].
    expect(ulps(sphericalSoftmaxVjp([1, -2], [1, 0], 0), [(2 / 5) * (4 / 5), (-4 / 5) * (-1 / 5)])).toBeLessThanOrEqual(
      4,
    )
    expect(ulps(sphericalSoftmaxVjp([0, 0], [1, 0], 0), [0, 0])).toBeLessThanOrEqual(4)
    expect(sphericalLoss([0, 0], 0, 0).value).toBeCloseTo(LN2, 15)
  })

  it('adaptiveTemperature of two equal logits is ½ each, of one 1', () => {
    expect(ulps(adaptiveTemperature([7, 7]), [0.5, 0.5])).toBeLessThanOrEqual(4)
    expect(ulps(adaptiveTemperature([7]), [1])).toBeLessThanOrEqual(4)
  })

  it('gumbelSoftmax adds −ln(−ln u) with u = 1015568748 / 2³² first for seed 1', () => {
    const first = -log(-log(1015568748 / 2 ** 32))
    expect(gumbelNoise(1, 3)[0]).toBe(first)
    const second = gumbelNoise(1, 2)[1]!
    expect(
      ulps(gumbelSoftmax([0, 0], 2, 1), [
        1 / (1 + Math.exp((second - first) / 2)),
        1 / (1 + Math.exp((first - second) / 2)),
      ]),
    ).toBeLessThanOrEqual(4)
  })
})
