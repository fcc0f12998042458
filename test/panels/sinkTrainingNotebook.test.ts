import { expect, it } from 'vitest'
import { publishedBy } from '../support/publishedBy.ts'

it('the notebook “Attention sinks” tells a cost of eviction that softmax has and softpick has not', async () => {
  const two = await publishedBy('attention-sinks', 'two')
  // The bounds of another implementation, on other seeds.
  expect(two('softmax.evictionCost')).toBeGreaterThan(0.1)
  expect(Math.abs(two('softpick.evictionCost'))).toBeLessThan(0.01)
})
