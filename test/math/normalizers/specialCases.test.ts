import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adaptiveSharpening, adaptiveTemperature } from '../../../src/math/normalizers/adaptiveTemperature.ts'
import { gumbelNoise, gumbelSoftmax } from '../../../src/math/normalizers/gumbel.ts'
import { saSoftmax } from '../../../src/math/normalizers/saSoftmax.ts'
import { sigmoid } from '../../../src/math/normalizers/sigmoid.ts'
import { sigsoftmax } from '../../../src/math/normalizers/sigsoftmax.ts'
import { sinkSoftmax, sinkSoftmaxVjp } from '../../../src/math/normalizers/sink.ts'
import { softmax, softmaxVjp } from '../../../src/math/normalizers/softmax.ts'
import { softmaxN, softmaxNVjp } from '../../../src/math/normalizers/softmaxN.ts'
import { sphericalSoftmax } from '../../../src/math/normalizers/spherical.ts'
import { ssmax } from '../../../src/math/normalizers/ssmax.ts'
import { taylorSoftmax } from '../../../src/math/normalizers/taylor.ts'
import { logits, real, rowsOf, seeded, wildLogits } from './arbitraries.ts'
import { rowError } from './goldenErrors.ts'

type Map = (x: Float64Array) => Float64Array

const anyRow = fc.oneof(logits(), wildLogits)

/** The largest error of one map against another, on 200 usual rows and rows with ±1e4. */
function gap(a: Map, b: Map, rows: fc.Arbitrary<Float64Array> = anyRow): number {
  return fc.sample(rows, seeded(200)).reduce((worst, x) => Math.max(worst, rowError(a(x), Array.from(b(x)))), 0)
}

const cotangentOf = (x: Float64Array) => x.map((_, i) => Math.cos(i))

describe('special cases agree', () => {
  it('softmaxN with n = 0 is softmax, forward and backward, at all magnitudes', () => {
    expect(gap((x) => softmaxN(x, 0), softmax)).toBeLessThanOrEqual(1e-15)
    expect(
      gap(
        (x) => softmaxNVjp(x, cotangentOf(x), 0),
        (x) => softmaxVjp(x, cotangentOf(x)),
      ),
    ).toBeLessThanOrEqual(1e-15)
  })

  it('softmaxN with n = exp(s) is softmax with a sink of s, for s from −9 to 9', () => {
    for (const s of [-9, -1, 0, 0.5, 9]) {
      expect(
        gap(
          (x) => softmaxN(x, Math.exp(s)),
          (x) => sinkSoftmax(x, s),
        ),
      ).toBeLessThanOrEqual(1e-14)
      expect(
        gap(
          (x) => softmaxNVjp(x, cotangentOf(x), Math.exp(s)),
          (x) => sinkSoftmaxVjp(x, cotangentOf(x), s),
        ),
      ).toBeLessThanOrEqual(1e-14)
    }
  })

  it('a sink of s is softmax of the row with s added, less its last weight', () => {
    expect(
      gap(
        (x) => sinkSoftmax(x, 1.25),
        (x) => softmax([...x, 1.25]).slice(0, -1),
      ),
    ).toBeLessThanOrEqual(1e-15)
  })

  it('a sink far below the row is softmax', () => {
    expect(gap((x) => sinkSoftmax(x, -1e5), softmax)).toBeLessThanOrEqual(1e-15)
    expect(gap((x) => sinkSoftmax(x, -Infinity), softmax)).toBeLessThanOrEqual(0)
  })

  it('ssmax with s = 1 / ln n, and with s = 0 and b = 1, is softmax', () => {
    expect(
      gap(
        (x) => ssmax(x, 1 / Math.log(x.length)),
        softmax,
        fc.oneof(
          logits(2),
          wildLogits.filter((x) => x.length > 1),
        ),
      ),
    ).toBeLessThanOrEqual(1e-12)
    expect(gap((x) => ssmax(x, 0, 1), softmax)).toBeLessThanOrEqual(0)
  })

  it('ssmax of n logits is softmax at a temperature of 1 / (s ln n)', () => {
    expect(
      gap(
        (x) => ssmax(x, 0.43),
        (x) => softmax(x, 1 / (0.43 * Math.log(x.length))),
        logits(2),
      ),
    ).toBeLessThanOrEqual(1e-14)
  })

  it('Taylor softmax of order 40 is softmax within 1e-13 for logits up to ±6', () => {
    expect(gap((x) => taylorSoftmax(x, { order: 40, margin: 0, target: 0 }), softmax, logits())).toBeLessThanOrEqual(
      1e-13,
    )
  })

  it('a margin of m is the plain map of the row with m taken off its target', () => {
    expect(
      gap(
        (x) => taylorSoftmax(x, { order: 4, margin: 0.5, target: 1 }),
        (x) =>
          taylorSoftmax(
            x.map((value, i) => (i === 1 ? value - 0.5 : value)),
            { order: 4, margin: 0, target: 0 },
          ),
      ),
    ).toBeLessThanOrEqual(0)
  })

  it('sigsoftmax is softmax far above 0 and softmax of the doubled row far below', () => {
    expect(gap(sigsoftmax, softmax, rowsOf(real(50, 60), 1, 9))).toBeLessThanOrEqual(1e-15)
    expect(gap(sigsoftmax, (x) => softmax(x, 0.5), rowsOf(real(-60, -50), 1, 9))).toBeLessThanOrEqual(1e-15)
  })

  it('the form x of self-adjust softmax is x times softmax', () => {
    expect(
      gap(
        (x) => saSoftmax(x, 'x'),
        (x) => softmax(x).map((p, i) => p * x[i]!),
      ),
    ).toBeLessThanOrEqual(1e-15)
  })

  it('zero-minmax is minmax for a row that reaches 0 from both sides, and softmax for a row of zeros', () => {
    const mixed = logits(2).map((x) => Float64Array.from([...x, -7, 7]))
    expect(
      gap(
        (x) => saSoftmax(x, 'zero-minmax'),
        (x) => saSoftmax(x, 'minmax'),
        mixed,
      ),
    ).toBeLessThanOrEqual(0)
    expect(Array.from(saSoftmax([0, 0, 0, 0]))).toEqual([0.25, 0.25, 0.25, 0.25])
    expect(Array.from(saSoftmax([3, 3], 'minmax'))).toEqual([0.5, 0.5])
  })

  it('adaptive temperature leaves a row alone whose entropy is at most 0.5, or above 5.944 nats', () => {
    expect(adaptiveTemperature([0, 9, -3])).toEqual(softmax([0, 9, -3]))
    const flat = Float64Array.from({ length: 1000 }, (_, i) => (i % 7) / 10)
    expect(adaptiveTemperature(flat)).toEqual(softmax(flat))
    expect([0.5, 0.84, 5.95].map(adaptiveSharpening)).toEqual([1, 1, 1])
    // By hand at H = 2: −0.592 + 3.848 − 9.2 + 9.834 − 1.791.
    expect(adaptiveSharpening(2)).toBeCloseTo(2.099, 12)
  })

  it('sigmoid of one logit without a bias is the sink of 0 of that logit', () => {
    expect(
      gap(
        (x) => sigmoid(x, 0),
        (x) => sinkSoftmax(x, 0),
        rowsOf(real(-1e4, 1e4), 1, 1),
      ),
    ).toBeLessThanOrEqual(1e-15)
  })

  it('spherical softmax with ε = 0 gives equal shares to a row of zeros, the limit for ε → 0', () => {
    expect(Array.from(sphericalSoftmax([0, 0, 0, 0], 0))).toEqual([0.25, 0.25, 0.25, 0.25])
    expect(Array.from(sphericalSoftmax([0, 0, 0, 0], 1e-300))).toEqual([0.25, 0.25, 0.25, 0.25])
  })

  it('the largest of x + Gumbel noise falls on each entry as often as softmax says, 20,000 seeds', () => {
    const x = [1, 0, -1]
    const counts = [0, 0, 0]
    for (let seed = 0; seed < 20_000; seed++) {
      // Neighbouring seeds of this generator give neighbouring numbers: they are spread over all 2³² first.
      const y = gumbelSoftmax(x, 0.5, Math.imul(seed, 2654435761) >>> 0)
      counts[y.indexOf(Math.max(...y))]! += 1
    }
    // Deviation of a share at most √(0.25 / 20,000) = 0.0035; four of them.
    for (const [i, p] of softmax(x).entries()) expect(Math.abs(counts[i]! / 20_000 - p)).toBeLessThan(0.014)
    expect(gumbelNoise(7, 5)).toEqual(gumbelNoise(7, 9).slice(0, 5))
  })
})
