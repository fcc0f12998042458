import { describe, expect, it } from 'vitest'
import { lcg32 } from '../../src/math/random/lcg32.ts'
import { logSpacedRanks, overviewOf } from '../../src/panels/activations/overview.ts'

const named = (index: number) => `#${index}`

describe('logSpacedRanks', () => {
  it('has every rank of a short row', () => {
    expect([...logSpacedRanks(5)]).toEqual([1, 2, 3, 4, 5])
    expect([...logSpacedRanks(0)]).toEqual([])
  })

  it('ascends from 1 to n in a few hundred steps, dense at the head', () => {
    const ranks = logSpacedRanks(1_000_000)
    expect(ranks[0]).toBe(1)
    expect(ranks.at(-1)).toBe(1_000_000)
    expect(ranks.slice(0, 32)).toEqual(Float64Array.from({ length: 32 }, (_, i) => i + 1))
    expect(ranks.length).toBeLessThan(280)
    expect(ranks.every((rank, i) => i === 0 || rank > ranks[i - 1]!)).toBe(true)
  })
})

describe('overviewOf', () => {
  it('reads the sorted row exactly at its ranks', () => {
    const row = lcg32(1, 2000, -1, 1)
    const slow = [...row].sort((a, b) => b - a)
    const { ranks, sorted, top } = overviewOf(row, null, 'linear', named)
    expect([...sorted]).toEqual(Array.from(ranks, (rank) => slow[rank - 1]))
    expect(top.map(({ value }) => value)).toEqual(slow.slice(0, 8))
    expect(top.every(({ index, value, name }) => row[index] === value && name === `#${index}`)).toBe(true)
  })

  it('names the first of equals, and leaves out masked entries and NaN', () => {
    const { top, sorted } = overviewOf(Float64Array.of(2, 2, NaN, 9), Uint8Array.of(1, 1, 1, 0), 'linear', named)
    expect(top).toEqual([
      { index: 0, name: '#0', value: 2 },
      { index: 1, name: '#1', value: 2 },
    ])
    expect([...sorted]).toEqual([2, 2])
  })

  it('counts every number once: bins, exact zeros, and those below zero', () => {
    const row = Float64Array.of(...lcg32(2, 500, 0, 1), 0, 0, 0, -0.5)
    const { counts, zeros, negatives, edges } = overviewOf(row, null, 'log10', named).histogram
    expect([zeros, negatives]).toEqual([3, 1])
    expect(counts.reduce((all, count) => all + count, 0)).toBe(500)
    expect(edges).toHaveLength(counts.length + 1)
  })

  it('keeps zeros in the bins of a linear scale, and makes a bin for a row of equals', () => {
    const { counts, zeros } = overviewOf(Float64Array.of(-1, 0, 0, 1), null, 'linear', named).histogram
    expect(zeros).toBe(0)
    expect(counts.reduce((all, count) => all + count, 0)).toBe(4)
    const equal = overviewOf(new Float64Array(10).fill(0.1), null, 'log10', named).histogram
    expect(equal.counts[0]).toBe(10)
  })

  it('has nothing to count in a row of zeros on a log scale', () => {
    for (const row of [
      [0, 5e-324],
      [-1e308, 0, 1e308],
    ]) {
      const far = overviewOf(Float64Array.from(row), null, 'linear', named).histogram
      expect(far.counts.reduce((sum, count) => sum + count, 0)).toBe(row.length)
    }
    expect(overviewOf(new Float64Array(4), null, 'log10', named).histogram).toMatchObject({ zeros: 4, negatives: 0 })
  })
})
