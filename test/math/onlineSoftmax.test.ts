import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { softmax } from '../../src/math/normalizers/softmax.ts'
import {
  type AttentionPart,
  emptyOnline,
  logSumOf,
  mergeAttention,
  mergeOnline,
  onlineSoftmax,
  stepOnline,
} from '../../src/math/onlineSoftmax.ts'
import { logits, seeded, wildLogits } from './normalizers/arbitraries.ts'
import { rowError } from './normalizers/goldenErrors.ts'
import { readGolden } from './normalizers/readGolden.ts'

interface Part {
  readonly m: number
  readonly d: number
}
interface OnlineCase {
  readonly id: string
  readonly inputs: { readonly x: number[]; readonly split: number }
  readonly outputs: { m_trace: number[]; d_trace: number[]; lse: number; y: number[]; left: Part; right: Part }
}
const online = readGolden<OnlineCase>('online_softmax')

interface LeanCase {
  readonly id: string
  readonly inputs: { readonly parts: readonly { readonly m: number; readonly l: number; readonly o: number[] }[] }
  readonly outputs: { readonly m: number; readonly l: number; readonly out: number[]; readonly lse: number }
}
const lean = readGolden<LeanCase>('lean_merge')

const seen = (x: readonly number[]) => x.reduce(stepOnline, emptyOnline)

describe('online softmax', () => {
  it.each(online.cases)('$id: every step, both parts, their merge and the weights match the golden file', (each) => {
    const { x, split } = each.inputs
    const want = each.outputs
    const trace = x.map((_, i) => seen(x.slice(0, i + 1)))
    expect(trace.map(({ max }) => max)).toEqual(want.m_trace)
    expect(
      rowError(
        trace.map(({ sum }) => sum),
        want.d_trace,
      ),
    ).toBeLessThanOrEqual(1e-15)
    const [left, right] = [seen(x.slice(0, split)), seen(x.slice(split))]
    expect([left.max, right.max]).toEqual([want.left.m, want.right.m])
    expect(rowError([left.sum, right.sum], [want.left.d, want.right.d])).toBeLessThanOrEqual(1e-15)
    const both = mergeOnline(left, right)
    // The file asks for 1e-15 relative to the last step's sum.
    expect(Math.abs(both.sum - want.d_trace.at(-1)!)).toBeLessThanOrEqual(1e-15 * both.sum)
    expect(rowError([logSumOf(both)], [want.lse])).toBeLessThanOrEqual(1e-15)
    expect(rowError(onlineSoftmax(x), want.y)).toBeLessThanOrEqual(Number(online.tolerance.f64))
  })

  it('is softmax, for usual rows and rows with ±1e4', () => {
    const rows = fc.sample(fc.oneof(logits(), wildLogits), seeded(200))
    for (const x of rows) expect(rowError(onlineSoftmax(x), Array.from(softmax(x)))).toBeLessThanOrEqual(1e-14)
  })

  it('gives zeros for a row of −Infinity, and NaN throughout for a NaN or a +Infinity', () => {
    expect(Array.from(onlineSoftmax([-Infinity, -Infinity]))).toEqual([0, 0])
    expect(logSumOf(emptyOnline)).toBe(-Infinity)
    for (const poison of [NaN, Infinity])
      for (const x of [
        [poison, 1, 2],
        [1, poison, -Infinity],
        [1, 2, poison],
      ])
        expect(onlineSoftmax(x).every(Number.isNaN)).toBe(true)
    expect(mergeOnline(seen([NaN]), seen([1])).sum).toBeNaN()
    expect(mergeOnline(seen([1]), seen([NaN])).sum).toBeNaN()
  })
})

describe('merging parts of an attention row', () => {
  const orders = (n: number) => [
    Array.from({ length: n }, (_, i) => i),
    Array.from({ length: n }, (_, i) => n - 1 - i),
    Array.from({ length: n }, (_, i) => (i + 1) % n),
  ]

  it.each(lean.cases)('$id: any order gives the golden maximum, sum and output within 1e-14', ({ inputs, outputs }) => {
    const parts: AttentionPart[] = inputs.parts.map(({ m, l, o }) => ({ max: m, sum: l, out: o }))
    const neutral: AttentionPart = { ...emptyOnline, out: outputs.out.map(() => 0) }
    for (const order of orders(parts.length)) {
      const whole = order.map((i) => parts[i]!).reduce(mergeAttention, neutral)
      expect(whole.max).toBe(outputs.m)
      expect(rowError([whole.sum, logSumOf(whole)], [outputs.l, outputs.lse])).toBeLessThanOrEqual(1e-14)
      const out = Array.from(whole.out, (value) => value / whole.sum)
      expect(rowError(out, outputs.out)).toBeLessThanOrEqual(1e-14)
    }
  })

  it('does not depend on the bracketing', () => {
    const [a, b, c] = [3, -2, 700].map((x) => ({ max: x, sum: 1.5, out: [x / 10, 1] }))
    const left = mergeAttention(mergeAttention(a!, b!), c!)
    const right = mergeAttention(a!, mergeAttention(b!, c!))
    expect(rowError(left.out, Array.from(right.out))).toBeLessThanOrEqual(1e-15)
  })
})
