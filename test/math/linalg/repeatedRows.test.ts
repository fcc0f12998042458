import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromRows } from '../../../src/math/linalg/matrix.ts'
import { repeatedRows } from '../../../src/math/linalg/repeatedRows.ts'

it('finds three equal rows and two others, and no row that differs in its last entry', () => {
  const rows = [
    [1, 2],
    [0, 0],
    [1, 2],
    [1, 3],
    [-0, 0],
    [1, 2],
  ]
  expect(repeatedRows(fromRows(rows))).toEqual([
    [0, 2, 5],
    [1, 4],
  ])
})

it('finds the pairs that comparing every two rows finds', () => {
  const small = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 2, maxLength: 2 })
  fc.assert(
    fc.property(fc.array(small, { minLength: 1, maxLength: 12 }), (rows) => {
      const found = repeatedRows(fromRows(rows)).flatMap((group) =>
        group.flatMap((a, i) => group.slice(i + 1).map((b) => `${a} ${b}`)),
      )
      const expected = rows.flatMap((row, a) =>
        rows.flatMap((other, b) => (b > a && row.join() === other.join() ? [`${a} ${b}`] : [])),
      )
      expect(found.toSorted()).toEqual(expected.toSorted())
    }),
    { seed: 5, numRuns: 300 },
  )
})
