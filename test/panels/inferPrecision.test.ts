import { describe, expect, it } from 'vitest'
import { rng } from '../../src/math/random/rng.ts'
import { inferPrecisionSteps } from '../../src/panels/inferPrecision.ts'

/** What the steps find in the end. */
function inferPrecision(values: Float64Array, dtype: string) {
  const steps = inferPrecisionSteps(values, dtype)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

const uniform = rng(7)
const numbers = Float64Array.from({ length: 500 }, () => 20 * (uniform() - 0.5))
const written = (digits: number) => numbers.map((x) => Number(x.toFixed(digits)))
/** The upper 16 of a float32's bits: bfloat16, towards zero. */
const brain = numbers.map((x) => {
  const bits = new DataView(new ArrayBuffer(4))
  bits.setFloat32(0, x)
  bits.setUint16(2, 0)
  return bits.getFloat32(0)
})
/** Eleven significant bits: half precision of numbers between 2⁻¹⁴ and 65504, towards zero. */
const half = numbers.map((x) => {
  const step = 2 ** (Math.floor(Math.log2(Math.abs(x))) - 10)
  return Math.trunc(x / step) * step
})
const single = Float64Array.from(Float32Array.from(numbers))

describe('how numbers were rounded', () => {
  it.each([1, 2, 3, 4, 5, 7])('is told by numbers that were written with %d decimals', (decimals) => {
    expect(inferPrecision(written(decimals), 'text')).toEqual({ decimals })
  })

  it('is told by decimals that a float32 or half precision file holds, as far as it can hold them', () => {
    const twice = Float64Array.from(Float32Array.from(written(2)))
    expect(inferPrecision(twice, 'F32')).toEqual({ decimals: 2 })
    // Near 10, float32 has steps of 1e-6: seven decimals are its own.
    expect(inferPrecision(Float64Array.from(Float32Array.from(written(7))), 'F32')).toBe('f32')
  })

  it.each([
    ['f32', single, 'float32'],
    ['f16', half, 'float16'],
    ['bf16', brain, 'BF16'],
  ] as const)('is told by numbers in %s, also in a wider file', (id, values, dtype) => {
    expect(inferPrecision(values, dtype)).toBe(id)
    expect(inferPrecision(values, 'F32')).toBe(id)
    expect(inferPrecision(values, 'float64')).toBe(id)
  })

  it.each([
    ['float64 is not limited by rounding', numbers],
    ['few entries', written(2).slice(0, 63)],
    ['whole numbers may be exact', written(0)],
    ['halves and quarters may be exact', numbers.map((x) => Math.round(4 * x) / 4)],
    ['zeros', new Float64Array(500)],
    ['one entry that is off the grid', written(2).with(311, 0.123456789)],
    ['mostly zeros', written(2).map((x, i) => (i % 8 === 0 ? x : 0))],
  ])('stays unknown: %s', (_, values) => {
    expect(inferPrecision(values, 'float64')).toBeNull()
  })
})
