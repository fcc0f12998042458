import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalizers } from '../../../src/math/normalizers/index.ts'
import { paramProblem, resolveParams } from '../../../src/math/normalizers/params.ts'
import { lcg32 } from '../../../src/math/random/lcg32.ts'
import { logits, paramsOf, real, seeded, tiedLogits, wildLogits } from './arbitraries.ts'

const zeros = (n: number) => new Float64Array(n)
const allNaN = (row: Float64Array) => row.every(Number.isNaN)
const allFinite = (row: ArrayLike<number>) => Array.from(row).every(Number.isFinite)

describe('the registry', () => {
  it('has no two variants with one id or one label', () => {
    expect(new Set(normalizers.map(({ id }) => id)).size).toBe(normalizers.length)
    expect(new Set(normalizers.map(({ label }) => label)).size).toBe(normalizers.length)
  })

  it('names every source by authors, title and place', () => {
    for (const { sources } of normalizers)
      for (const { cite, title, where } of sources) {
        expect(cite).toMatch(/\d{4}$/)
        expect(title.length).toBeGreaterThan(5)
        expect(where).toMatch(/^(arXiv:\d{4}\.\d{4,5}|doi:10\.|https:\/\/)/)
      }
  })
})

describe.each(normalizers)('$id', (normalizer) => {
  const { params: specs, forward, vjp, paramVjp, loss } = normalizer
  const defaults = resolveParams(normalizer.id, specs, {})
  const params = paramsOf(specs)

  it('has defaults and slider ends within the domain of each parameter', () => {
    const problems = Object.values(specs).flatMap((spec) =>
      [spec.default, ...(spec.kind === 'choice' ? spec.options : spec.range)].map((value) => paramProblem(spec, value)),
    )
    expect(problems.filter((problem) => problem !== null)).toEqual([])
  })

  it('gives an empty row for an empty row', () => {
    expect(forward([], defaults)).toEqual(zeros(0))
    expect(vjp([], [], defaults)).toEqual(zeros(0))
  })

  it('gives zeros, and no gradient, for a row with every entry masked out, by mask or by −Infinity', () => {
    const gone = [-Infinity, -Infinity, -Infinity]
    const none = [false, false, false]
    for (const [x, mask] of [[gone], [gone, none], [[1, 2, 3], none]] as const) {
      expect(forward(x, defaults, mask)).toEqual(zeros(3))
      expect(vjp(x, [1, 2, 3], defaults, mask)).toEqual(zeros(3))
      expect(Object.values(paramVjp(x, [1, 2, 3], defaults, mask)).every((value) => value === 0)).toBe(true)
    }
  })

  it('makes the whole row NaN for one NaN or +Infinity, and minds neither under a mask', () => {
    for (const poison of [NaN, Infinity])
      for (const at of [0, 1, 2]) {
        const x = [0.5, -1, 2].with(at, poison)
        expect(allNaN(forward(x, defaults))).toBe(true)
        expect(allNaN(vjp(x, [1, 2, 3], defaults))).toBe(true)
        expect(Object.values(paramVjp(x, [1, 2, 3], defaults)).every(Number.isNaN)).toBe(true)
        expect(loss === null || allNaN(loss.evaluate(x, 0, defaults).grad)).toBe(true)
        const mask = [true, true, true].with(at, false)
        expect(allFinite(forward(x, defaults, mask))).toBe(true)
      }
  })

  it('treats masked entries as if they were not there, by mask and by −Infinity', () => {
    const property = fc.property(params, masked, (p, { x, c, keep }) => {
      const kept = x.filter((_, i) => keep[i])
      const keptC = c.filter((_, i) => keep[i])
      const spread = (part: Float64Array) => {
        let next = 0
        return x.map((_, i) => (keep[i] ? part[next++]! : 0))
      }
      const infinite = x.map((value, i) => (keep[i] ? value : -Infinity))
      expect(forward(x, p, keep)).toEqual(spread(forward(kept, p)))
      expect(forward(infinite, p)).toEqual(spread(forward(kept, p)))
      expect(vjp(x, c, p, keep)).toEqual(spread(vjp(kept, keptC, p)))
      expect(vjp(infinite, c, p)).toEqual(spread(vjp(kept, keptC, p)))
      expect(paramVjp(infinite, c, p)).toEqual(paramVjp(kept, keptC, p))
    })
    fc.assert(property, seeded(100))
  })

  it('stays finite for logits up to ±1e4, ties included', () => {
    const property = fc.property(params, fc.oneof(wildLogits, tiedLogits), (p, x) => {
      expect(allFinite(forward(x, p))).toBe(true)
      const c = lcg32(x.length, x.length, -1, 1)
      expect(allFinite(vjp(x, c, p))).toBe(true)
      // A derivative may be larger than the largest double: that of 1 / (n + exp(−1e4)) in n at 0 is exp(1e4).
      expect(Object.values(paramVjp(x, c, p)).some(Number.isNaN)).toBe(false)
      const found = loss?.evaluate(x, x.length - 1, p)
      expect(found === undefined || (Number.isFinite(found.value) && allFinite(found.grad))).toBe(true)
    })
    fc.assert(property, seeded(200))
  })

  it('has a loss that is never below zero, up to rounding at the scale of the logits', () => {
    const property = fc.property(params, fc.oneof(wildLogits, tiedLogits, logits()), fc.nat(), (p, x, k) => {
      const value = loss?.evaluate(x, k % x.length, p).value ?? 0
      expect(value).toBeGreaterThanOrEqual(-1e-12 * x.reduce((a, b) => Math.max(a, Math.abs(b)), 1))
    })
    fc.assert(property, seeded(200))
  })

  it('changes none of its arguments', () => {
    const x = Float64Array.of(0.3, -1.2, 2.5, 0.3)
    const c = Float64Array.of(1, -2, 0.5, 0.25)
    const mask = [true, true, false, true]
    forward(x, defaults, mask)
    vjp(x, c, defaults, mask)
    vjp(x, c, defaults)
    paramVjp(x, c, defaults)
    loss?.evaluate(x, 0, defaults)
    expect(x).toEqual(Float64Array.of(0.3, -1.2, 2.5, 0.3))
    expect(c).toEqual(Float64Array.of(1, -2, 0.5, 0.25))
    expect(mask).toEqual([true, true, false, true])
  })

  it('takes a plain array as it takes a typed one', () => {
    const x = [0.3, -1.2, 2.5, 0.3]
    expect(forward(x, defaults)).toEqual(forward(Float64Array.from(x), defaults))
    expect(vjp(x, [1, 2, 3, 4], defaults)).toEqual(vjp(Float64Array.from(x), Float64Array.of(1, 2, 3, 4), defaults))
  })

  it('takes a million logits, and gives finite weights and gradients', () => {
    const x = lcg32(5, 1_000_000, -6, 6)
    expect(allFinite(forward(x, defaults))).toBe(true)
    expect(allFinite(vjp(x, x, defaults))).toBe(true)
  }, 20_000)

  it('refuses a mask, a cotangent or a target that does not fit, by name', () => {
    expect(() => forward([1, 2], defaults, [true])).toThrow(/mask has 1 entry; it must have 2/)
    expect(() => vjp([1, 2], [1], defaults)).toThrow(/cotangent has 1 entry; it must have 2/)
    const target = (k: number) => () => loss?.evaluate([1, 2], k, defaults)
    const fine = /^$/
    for (const k of [-1, 2, 0.5]) expect(messageOf(target(k))).toMatch(loss ? /target is .*from 0 to 1/ : fine)
  })
})

const messageOf = (run: () => unknown) => {
  try {
    run()
    return ''
  } catch (error) {
    return String(error)
  }
}

const masked = fc
  .array(fc.tuple(real(-6, 6), real(-1, 1), fc.boolean()), { minLength: 1, maxLength: 12 })
  .map((entries) => ({
    x: Float64Array.from(entries, ([value]) => value),
    c: Float64Array.from(entries, ([, value]) => value),
    keep: entries.map(([, , kept]) => kept),
  }))

it.each(normalizers.filter(({ loss }) => loss !== null))(
  '$id refuses a loss whose target is −Infinity, also where nothing is kept',
  ({ id, params, loss }) => {
    for (const x of [
      [1, -Infinity],
      [-Infinity, -Infinity],
    ])
      expect(() => loss!.evaluate(x, 1, resolveParams(id, params, {}))).toThrow(
        'logit 1, the target, is −Infinity; the loss is infinite',
      )
  },
)
