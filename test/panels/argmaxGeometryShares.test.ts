import { expect, it } from 'vitest'
import { createShares } from '../../src/panels/argmaxGeometry/shares.ts'

const small = { shareVocabulary: 6, shareSeed: 1 }
const other = { shareVocabulary: 7, shareSeed: 1 }
const run = (owner: object, layers: typeof small) => {
  const shares = createShares(owner, layers)
  const steps = [...shares.steps()].length
  return { steps, known: shares.known() }
}

it('shares are counted once for an owner, and only those of the last layers are kept', () => {
  const owner = {}
  const first = run(owner, small)
  // Eight dimensions of six tokens each.
  expect([first.steps, first.known.length]).toEqual([48, 8])
  expect(run(owner, small)).toEqual({ steps: 0, known: first.known })
  expect(run(owner, other).steps).toBe(56)
  expect(createShares(owner, small).known()).toEqual([])
})

it('another owner counts for itself, and finds the same', () => {
  expect(run({}, small)).toEqual(run({}, small))
})
