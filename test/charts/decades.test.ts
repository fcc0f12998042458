import { expect, it } from 'vitest'
import { decades } from '../../src/charts/decades.ts'

it.each([
  [1e-2, 100, 9, [100, 10, 1, 0.1, 0.01]],
  [2e-3, 40, 9, [10, 1, 0.1, 0.01]],
  [1e-8, 2, 5, [1, 1e-2, 1e-4, 1e-6, 1e-8]],
  [1e-9, 2, 5, [1, 1e-2, 1e-4, 1e-6, 1e-8]],
  [1e-10, 2, 5, [1, 1e-3, 1e-6, 1e-9]],
  [2, 9, 5, []],
])('from %d to %d, no more than %d: %j', (low, high, most, powers) => {
  expect(decades(low, high, most)).toEqual(powers)
})
