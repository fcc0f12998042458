import fc from 'fast-check'
import type { ParamSpec, ParamSpecs, ParamValues } from '../../../src/math/normalizers/params.ts'

/** Fixed, so that a failure is the same failure on every machine. */
export const seeded = (numRuns: number) => ({ seed: 20240611, numRuns })

/** A number of [low, high] on a fine grid: no denormals, no −0, shrinks to round numbers. */
export const real = (low: number, high: number): fc.Arbitrary<number> =>
  fc.integer({ min: Math.ceil(low * 1e6), max: Math.floor(high * 1e6) }).map((k) => k / 1e6)

export const rowsOf = (entry: fc.Arbitrary<number>, minLength: number, maxLength: number): fc.Arbitrary<Float64Array> =>
  fc.array(entry, { minLength, maxLength }).map((row) => Float64Array.from(row))

/** Logits of a usual size. */
export const logits = (minLength = 1, maxLength = 12) => rowsOf(real(-6, 6), minLength, maxLength)

/** Logits among which ties are common. */
export const tiedLogits = rowsOf(fc.integer({ min: -4, max: 4 }), 1, 12)

/** Logits of any admissible size: ±1e4 beside ordinary numbers. */
export const wildLogits = rowsOf(
  fc.oneof(real(-6, 6), real(-1e4, 1e4), fc.constantFrom(-1e4, 1e4, 0, 1e-9, -1e-9)),
  1,
  16,
)

const valueOf = (spec: ParamSpec): fc.Arbitrary<number | string> => {
  if (spec.kind === 'choice') return fc.constantFrom(...spec.options)
  const [low, high] = spec.range
  const { integer, even } = spec.domain
  const step = even ? 2 : 1
  const number =
    integer || even
      ? fc.integer({ min: Math.ceil(low / step), max: Math.floor(high / step) }).map((k) => k * step)
      : spec.scale === 'log' && low > 0
        ? real(Math.log(low), Math.log(high)).map(Math.exp)
        : real(low, high)
  return spec.kind === 'number-or-word' ? fc.oneof(number, fc.constantFrom(...spec.words)) : number
}

/** Parameter values within the sliders' ranges; the defaults come up often. */
export const paramsOf = (specs: ParamSpecs): fc.Arbitrary<ParamValues> =>
  fc.record(
    Object.fromEntries(
      Object.entries(specs).map(([name, spec]) => [name, fc.oneof(valueOf(spec), fc.constant(spec.default))]),
    ),
  )
