import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalizers } from '../../../src/math/normalizers/index.ts'
import { paramProblem, type ParamSpec, type ParamValues, resolveParams } from '../../../src/math/normalizers/params.ts'
import { lcg32 } from '../../../src/math/random/lcg32.ts'
import { logits, paramsOf, seeded } from './arbitraries.ts'

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let total = 0
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!
  return total
}

interface Slope {
  readonly value: number
  /**
   * How far f is from smooth: by how much the gap between the one-sided slopes fails to shrink with the step, which
   * shows a jump of f′, and by how much the central slope changes with the step, which shows a jump of f″.
   */
  readonly kink: number
}

/** The slope of f at 0 by central differences of fourth order: (4 D(h/2) − D(h)) / 3. */
function slope(f: (t: number) => number, h: number): Slope {
  const at0 = f(0)
  const [up, down, halfUp, halfDown] = [f(h), f(-h), f(h / 2), f(-h / 2)]
  const wide = (up - down) / (2 * h)
  const narrow = (halfUp - halfDown) / h
  const wideGap = (up + down - 2 * at0) / (2 * h)
  const narrowGap = (halfUp + halfDown - 2 * at0) / h
  return {
    value: (4 * narrow - wide) / 3,
    kink: Math.max(Math.abs(wideGap - 2 * narrowGap), Math.abs(wide - narrow) / 3),
  }
}

/** Counts agreement with differences; a trial at a kink has no derivative to compare with and is not counted. */
function compare(exact: number, found: Slope, scale: number, tally: { counted: number; kinks: number }) {
  if (found.kink > 1e-6 * scale) {
    tally.kinks++
    return
  }
  tally.counted++
  expect(Math.abs(exact - found.value)).toBeLessThanOrEqual(2e-6 * scale)
}

/** A gradient that the variant stops on purpose is not the derivative of its output. */
const stopsGradient = (p: ParamValues) => p['grad'] === 'stop'

const inDomain = (spec: ParamSpec, value: number) => paramProblem(spec, value) === null

// Rounding of y (1e-16) over h = 1e-4 is 1e-12; the fourth-order error is h⁴ times a fifth derivative.
const h = 1e-4

describe.each(normalizers)('$id', (normalizer) => {
  const { params: specs, forward, vjp, paramVjp, loss } = normalizer
  const params = paramsOf(specs)

  it('has a vjp that agrees with central differences in every direction, away from kinks', () => {
    const tally = { counted: 0, kinks: 0 }
    const property = fc.property(params, logits(1, 7), fc.nat(1e6), (p, x, seed) => {
      fc.pre(!stopsGradient(p))
      const c = lcg32(seed, x.length, -1, 1)
      const back = vjp(x, c, p)
      for (let j = 0; j < x.length; j++) {
        const moved = (t: number) => x.map((value, i) => (i === j ? value + t : value))
        compare(
          back[j]!,
          slope((t) => dot(forward(moved(t), p), c), h),
          Math.max(1, Math.abs(back[j]!)),
          tally,
        )
      }
    })
    fc.assert(property, seeded(150))
    expect(tally.counted).toBeGreaterThan(10 * tally.kinks)
  })

  const defaults = resolveParams(normalizer.id, specs, {})
  it.each(Object.keys(paramVjp([0], [0], defaults)))(
    'has a derivative with respect to %s that agrees with central differences',
    (name) => {
      const tally = { counted: 0, kinks: 0 }
      const property = fc.property(params, logits(1, 7), fc.nat(1e6), (p, x, seed) => {
        const at = p[name]
        fc.pre(typeof at === 'number' && inDomain(specs[name]!, at - h) && inDomain(specs[name]!, at + h))
        const c = lcg32(seed, x.length, -1, 1)
        const exact = paramVjp(x, c, p)[name]!
        const found = slope((t) => dot(forward(x, { ...p, [name]: Number(at) + t }), c), h)
        compare(exact, found, Math.max(1, Math.abs(exact)), tally)
      })
      fc.assert(property, seeded(150))
      expect(tally.counted).toBeGreaterThan(10 * tally.kinks)
    },
  )

  it('has a loss whose gradient agrees with central differences', () => {
    const tally = { counted: 0, kinks: 0 }
    const property = fc.property(params, logits(1, 7), fc.nat(1e6), (p, x, k) => {
      if (!loss) return
      const target = k % x.length
      const { grad } = loss.evaluate(x, target, p)
      for (let j = 0; j < x.length; j++) {
        const moved = (t: number) => x.map((value, i) => (i === j ? value + t : value))
        const found = slope((t) => loss.evaluate(moved(t), target, p).value, h)
        compare(grad[j]!, found, Math.max(1, Math.abs(grad[j]!)), tally)
      }
    })
    fc.assert(property, seeded(150))
    expect(tally.counted).toBeGreaterThanOrEqual(10 * tally.kinks)
  })
})
