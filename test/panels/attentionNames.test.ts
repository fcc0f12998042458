import { describe, expect, it } from 'vitest'
import { axisName, levelMiddle, namesBelow, namesBeside } from '../../src/panels/attention/nameAxis.ts'

const toy = ['BOS', 'l', ...Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? 'T3' : 'g'))]
const words = Array.from({ length: 40 }, () => ' little')

describe('the names of tokens along the axes of a map and of bars', () => {
  it('32 short names stand upright under columns of 13.7 pixels, all of them', () => {
    expect(namesBelow(toy, 13.7)).toMatchObject({ every: 1, turned: false })
  })

  it('the first name ends with its column, so that BOS and l do not read as one word; a narrow one stands in the middle', () => {
    // By hand: B, O and S are some 7.5 pixels each, l 3.7.
    expect(levelMiddle('BOS', 0, 13.7)).toBeCloseTo(13.7 - 22.5 / 2, 12)
    expect(levelMiddle('l', 0, 13.7)).toBe(13.7 / 2)
  })

  it('T3 and g under columns of 10.8 pixels, half a pixel apart by hand, are turned; so is a first name wider than two columns', () => {
    expect(namesBelow(toy, 10.8).turned).toBe(true)
    expect(namesBelow([' mmm', 'l'], 15).turned).toBe(true)
    expect(namesBelow([' mmm', 'l'], 19).turned).toBe(false)
  })

  it('40 words under columns of 11 pixels are turned, and none is left out', () => {
    expect(namesBelow(words, 11)).toMatchObject({ every: 1, turned: true })
    expect(namesBeside(words, 11).every).toBe(1)
  })

  it('512 tokens in 440 pixels are thinned to lines of at least 10 pixels', () => {
    const step = 440 / 512
    const long = Array.from({ length: 512 }, () => ' a')
    for (const { every } of [namesBelow(long, step), namesBeside(long, step)]) {
      expect(every * step).toBeGreaterThanOrEqual(10)
      expect((every - 1) * step).toBeLessThan(10)
    }
  })

  it('a long token is cut to seven letters and a sign that it goes on; a space and nothing can be seen', () => {
    expect(['internationally', ' once', ''].map(axisName)).toEqual(['interna…', '␣once', '∅'])
    expect(namesBeside([' internationally'], 20).depth).toBeLessThanOrEqual(60)
  })
})
