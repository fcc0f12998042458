import { describe, expect, it } from 'vitest'
import { partOf } from '../../src/panels/bringMatrix.ts'

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
