import { describe, expect, it } from 'vitest'
import { partOf } from '../../src/panels/bringMatrix.ts'
import { fits } from '../../src/panels/matrixSource.ts'
import { mostCount, rangeOf, spanOf, withCount } from '../../src/panels/span.ts'

const limit = { entries: 2048 * 4096, shortSide: 2048 }
const offer = (rows: number, cols: number) => ({
  tensor: 'w',
  kind: 'tensor' as const,
  rows,
  cols,
  dtype: 'F32',
})

describe('a matrix chosen from a file', () => {
  it('is taken whole where it fits the limit', () => {
    expect(partOf(offer(2048, 4096), limit)).toEqual({ tensor: 'w', rows: null, columns: null })
  })

  it.each([
    [50_000, 64],
    [50_257, 768],
    [5000, 3000],
    [768, 50_257],
  ])('of %d × %d entries is cut to a part that fits, and that part is named', (rows, cols) => {
    const part = partOf(offer(rows, cols), limit)
    const [firstRow, endRow] = part.rows ?? [0, rows]
    const [firstColumn, endColumn] = part.columns ?? [0, cols]
    const taken = [endRow - firstRow, endColumn - firstColumn]
    expect(part.tensor).toBe('w')
    expect([firstRow, firstColumn]).toEqual([0, 0])
    expect(taken[0]! * taken[1]!).toBeLessThanOrEqual(limit.entries)
    expect(Math.min(...taken)).toBeLessThanOrEqual(limit.shortSide)
    expect(taken[0]! <= rows && taken[1]! <= cols).toBe(true)
    expect(Math.min(...taken)).toBeGreaterThan(0)
  })
})

describe('the rows, or columns, of a part', () => {
  it('are all of them without a range, and a range that takes all is none', () => {
    expect(spanOf(null, 7)).toEqual({ first: 0, count: 7 })
    expect(rangeOf({ first: 0, count: 7 }, 7)).toBeNull()
    expect(rangeOf(spanOf([2, 5], 7), 7)).toEqual([2, 5])
  })

  it('stay where they are as they become more, until the end is reached', () => {
    expect(withCount({ first: 10, count: 5 }, 20, 100)).toEqual({ first: 10, count: 20 })
    expect(withCount({ first: 90, count: 5 }, 20, 100)).toEqual({ first: 80, count: 20 })
    expect(withCount({ first: 90, count: 5 }, 100, 100)).toEqual({ first: 0, count: 100 })
  })

  it.each([
    [64, 50_257],
    [768, 50_257],
    [2048, 5000],
    [2049, 5000],
    [4096, 5000],
    [50_000, 50_000],
    [3, 5],
  ])('beside %d are as many of %d as the limit lets, and no more', (others, size) => {
    const most = mostCount(others, size, limit)
    expect(fits({ rows: most, cols: others }, limit)).toBe(true)
    expect(most === size || !fits({ rows: most + 1, cols: others }, limit)).toBe(true)
  })
})
