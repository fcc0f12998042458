import { expect, it } from 'vitest'
import { OutputTokens } from '../../../src/math/bottleneck/outputTokens.ts'
import { unitRows } from '../../../src/math/bottleneck/prevention.ts'
import { tokenTester } from '../../../src/math/bottleneck/unargmaxable.ts'
import { fromRows } from '../../../src/math/linalg/matrix.ts'

it.each([1, 1e-200, 1e200])('unitRows of (3, 4) and (0, 2), times %d, are (0.6, 0.8) and (0, 1)', (scale) => {
  const { values } = unitRows(
    fromRows([
      [3 * scale, 4 * scale],
      [0, 2 * scale],
    ]),
  )
  ;[0.6, 0.8, 0, 1].forEach((x, i) => expect(values[i]).toBeCloseTo(x, 15))
})

it('unit rows save a token that is inside, and not one whose row is zero', () => {
  const rows = unitRows(
    fromRows([
      [1, 1],
      [-1, 1],
      [0, -1],
      [0.1, 0.05],
      [0, 0],
    ]),
  )
  const test = tokenTester(new OutputTokens(rows, null))
  expect([0, 1, 2, 3, 4].map((token) => test(token).kind === 'unargmaxable')).toEqual([
    false,
    false,
    false,
    false,
    true,
  ])
})
