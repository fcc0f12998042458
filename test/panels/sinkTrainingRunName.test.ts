import { expect, it } from 'vitest'
import { runName } from '../../src/panels/sinkTraining/runName.ts'

it('two settings of one normalizer are told apart by the parameters in which they differ, and only by those', () => {
  const half = { normalizer: 'entmax', params: { alpha: 1.5 } }
  const whole = { normalizer: 'entmax', params: { alpha: 2 } }
  const softmax = { normalizer: 'softmax', params: { T: 1 } }
  const name = (of: typeof half) => runName([half, whole], of)
  expect([name(half), name(whole)]).toEqual(['entmax (alpha 1.5)', 'entmax (alpha 2)'])
  expect(runName([softmax, half, half], half)).toBe('entmax')
  expect(runName([softmax, softmax], softmax)).toBe('softmax')
})
