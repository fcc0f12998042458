import { describe, expect, it } from 'vitest'
import { publishedBy, type Reading } from '../support/publishedBy.ts'

const patience = { timeout: 60_000 }
const published = (id: string, edit?: Readonly<Record<string, unknown>>) => publishedBy('attention-sinks', id, edit)

const asItOpens = published('two')

/** What was found of every seed elsewhere, by another implementation: rows that must sum to one. */
function expectSink(read: Reading, id: string): void {
  expect(read(`${id}.bosAttention`)).toBeGreaterThan(0.6)
  expect(read(`${id}.alpha0`)).toBeGreaterThan(0.45)
  expect(read(`${id}.sinkRate`)).toBeGreaterThanOrEqual(0.9)
  expect(read(`${id}.valueRatio`)).toBeLessThan(0.75)
  expect(Math.abs(read(`${id}.rowMass`) - 1)).toBeLessThanOrEqual(1e-5)
  expect(read(`${id}.triggerLoss`)).toBeLessThan(0.35)
}

/** The same for rows that may be empty. */
function expectNoSink(read: Reading, id: string): void {
  expect(read(`${id}.bosAttention`)).toBeLessThan(0.05)
  expect(read(`${id}.alpha0`)).toBeLessThan(0.06)
  expect(read(`${id}.sinkRate`)).toBe(0)
  expect(read(`${id}.rowMass`)).toBeLessThan(0.05)
  expect(read(`${id}.triggerLoss`)).toBeLessThan(0.35)
}

describe('the notebook “Attention sinks” says what its panels compute:', () => {
  it(
    'a sink under softmax and none under softpick; both learn, and only softmax drains the first value',
    patience,
    async () => {
      const two = await asItOpens
      expectSink(two, 'softmax')
      expectNoSink(two, 'softpick')
      expect(two('softpick.valueRatio')).toBeGreaterThan(0.75)
      expect(two('softpick.exactZeros')).toBeGreaterThan(0.75)
    },
  )

  it('the column has grown by step 100: α of the first token is above 0.3 there', patience, async () => {
    expect((await published('two', { steps: 100 }))('softmax.alpha0')).toBeGreaterThan(0.3)
  })

  it('sparsemax: more than nine in ten weights are 0, and its sink is no weaker than softmax’s', patience, async () => {
    const [two, sparse] = await Promise.all([asItOpens, published('sparse')])
    expectSink(sparse, 'sparsemax')
    expect(sparse('sparsemax.exactZeros')).toBeGreaterThan(0.9)
    expect(sparse('sparsemax.bosAttention')).toBeGreaterThan(two('softmax.bosAttention'))
  })

  it.each([0, 1, 2])(
    'on seed %i sigmoid has no sink, while softmax-n and the learned sink keep theirs and spend their rows',
    patience,
    async (seed) => {
      const empty = await published('empty', { seeds: [seed] })
      expectNoSink(empty, 'sigmoid')
      for (const id of ['softmax-n', 'sink']) {
        expect(empty(`${id}.bosAttention`)).toBeGreaterThan(0.6)
        expect(empty(`${id}.rowMass`)).toBeGreaterThan(0.99)
        expect(empty(`${id}.triggerLoss`)).toBeLessThan(0.35)
      }
    },
  )

  it(
    'from larger first weights, on the same seed, softmax has no sink and softpick has one, at losses that hardly differ',
    patience,
    async () => {
      const [two, mid] = [await asItOpens, await published('two', { initialisation: 'mid' })]
      expect(mid('softmax.sinkRate')).toBe(0)
      expect(mid('softmax.bosAttention')).toBeLessThan(0.05)
      expect(mid('softpick.bosAttention')).toBeGreaterThan(0.6)
      expect(Math.abs(mid('softmax.loss') - mid('softpick.loss'))).toBeLessThan(0.03)
      expect(Math.abs(mid('softmax.loss') - two('softmax.loss'))).toBeLessThan(0.15)
    },
  )

  it(
    'evenly spread attention gives the first of 32 tokens 0.127 (by hand: H₃₂ / 32), four times 1/32',
    patience,
    async () => {
      const two = await published('two', { steps: 1 })
      expect(two('uniformAlpha0')).toBeCloseTo(0.1268, 4)
      expect(Math.round(32 * two('uniformAlpha0'))).toBe(4)
    },
  )

  it('the saved models: a sink with softmax and none in the twin; softpick put in untrained, or no first token, costs perplexity', async () => {
    const [own, twin] = [
      await published('weights'),
      await published('weights', { model: 'models/sink-softpick.safetensors' }),
    ]
    expect(own('alpha0')).toBeGreaterThan(0.45)
    expect(own('uniform')).toBeCloseTo(0.1268, 4)
    expect(twin('alpha0')).toBeLessThan(0.06)
    const swapped = await published('weights', { normalizer: { id: 'softpick', params: {} } })
    expect(swapped('trainedPerplexity')).toBe(own('perplexity'))
    expect(swapped('perplexity')).toBeGreaterThan(twin('perplexity'))
    const removed = await published('weights', { first: 'removed' })
    // The sink does not move on to the token that is first now.
    expect(removed('alpha0')).toBeLessThan(0.3)
    expect(removed('perplexity')).toBeGreaterThan(own('perplexity'))
  })
})
