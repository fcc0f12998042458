import { describe, expect, it } from 'vitest'
import { allPublishedBy } from '../support/publishedBy.ts'

const published = (id: string, edit?: Record<string, unknown>) => allPublishedBy('softmax-and-its-rivals', id, edit)

// Expected values: the reference sheets of the lesson, computed apart from this code and rounded to the digits here.
describe('the notebook “Softmax and its rivals” says what its panels compute:', () => {
  it('of [2, 1, 0.5, −1], sparsemax keeps 1, entmax-1.5 keeps 3, softmax 4, with 0.61 0.22 0.14 0.03', async () => {
    const gap = await published('gap')
    expect(['sparsemax', 'entmax', 'softmax'].map((id) => gap(`support.${id}`))).toEqual([1, 3, 4])
    for (const [i, share] of [0.61, 0.22, 0.14, 0.03].entries()) expect(gap(`share.softmax.${i}`)).toBeCloseTo(share, 2)
    for (const [i, share] of [0.815, 0.162, 0.023, 0].entries()) expect(gap(`share.entmax.${i}`)).toBeCloseTo(share, 3)
  })

  it('a lead of 0.8 gives the second 0.1 of sparsemax (by hand: (1 − 0.8) / 2), a tie gives it a half', async () => {
    const lead = await published('gap', { logits: [2, 1.2, 0.5, -1] })
    expect(lead('share.sparsemax.second')).toBeCloseTo(0.1, 12)
    const tie = await published('gap', { logits: [2, 2, 0.5, -1] })
    expect(tie('share.sparsemax.second')).toBeCloseTo(0.5, 12)
  })

  it('adding 5 moves softpick from 0.681 to 0.610 and its zero away, softmax1 from 0.563 to 0.609, the others not', async () => {
    const [before, after] = [await published('shift'), await published('shift', { shift: 5 })]
    const moved = (path: string) => [before(path), after(path)]
    expect(before('max.softpick')).toBeCloseTo(0.681, 3)
    expect(after('max.softpick')).toBeCloseTo(0.61, 3)
    expect(moved('zeros.softpick')).toEqual([1, 0])
    expect(before('max.softmax-n')).toBeCloseTo(0.563, 3)
    expect(after('max.softmax-n')).toBeCloseTo(0.609, 3)
    expect(after('max.softmax')).toBeCloseTo(before('max.softmax') as number, 12)
    expect(after('max.sparsemax')).toBeCloseTo(before('max.sparsemax') as number, 12)
  })

  it('four scores of −5 leave softmax1 a sum of 0.026, softpick 0, and softmax 1', async () => {
    const nothing = await published('nothing')
    expect(nothing('sum.softmax-n')).toBeCloseTo(0.026, 3)
    expect(nothing('sum.softpick')).toBe(0)
    expect(nothing('sum.softmax')).toBeCloseTo(1, 15)
  })

  it('Taylor softmax of [−4, −1, 0] gives the lowest 0.77 (by hand: 5 / 6.5); after a shift of 4 the highest leads', async () => {
    const order = await published('order')
    expect([order('argmax.taylor'), order('argmax.softmax')]).toEqual(['low', 'high'])
    expect(order('max.taylor')).toBeCloseTo(5 / 6.5, 12)
    const shifted = await published('order', { shift: 4 })
    expect(shifted('argmax.taylor')).toBe('high')
  })

  it('the slope p(1 − p) at a lead of 1, 5, 20 and 40 is 0.20, 0.0066, 2e-9 and exactly 0', async () => {
    const slopes = await Promise.all(
      [1, 5, 20, 40].map(async (scale) => {
        const p = (await published('sure', { scale }))('share.softmax.first') as number
        return p * (1 - p)
      }),
    )
    expect(slopes.map((slope) => Number(slope.toPrecision(1)))).toEqual([0.2, 0.007, 2e-9, 0])
    expect(slopes[3]).toBe(0)
  })
})
