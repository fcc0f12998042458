import { safeParse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { describe as inWords } from '../../src/panels/apiLeak/describe.ts'
import { schema } from '../../src/panels/apiLeak/experiment.ts'
import type { GuardId } from '../../src/panels/apiLeak/guards.ts'
import { schemaProblems } from '../../src/panels/schemaProblems.ts'
import { golden } from '../math/bottleneck/fixtures.ts'
import { experimentOf, results, run } from './apiLeak.ts'

describe('what guards cost the attacker (V = 200, d = 12, top 5, 7 decimals)', async () => {
  const { guardCosts } = await run({})
  const cost = (id: GuardId | null) => guardCosts!.find((each) => each.id === id)!

  it('without any: 1 + ⌈195 / 4⌉ = 50 calls an output, 13 outputs for d', () => {
    expect(cost(null)).toMatchObject({ calls: 50, seen: 1, found: 12, callsToFind: 650 })
    expect(cost(null).error).toBeLessThan(2e-7)
  })

  it('no bias: 5 of 200 tokens, and d stays hidden', () => {
    expect(cost('no-bias')).toMatchObject({ calls: 1, seen: 5 / 200, found: null, callsToFind: NaN })
  })

  it('names alone, or a bias that hides log-probabilities: 1 + 199 · 28 calls, and the same d', () => {
    // 28 = 1 + ⌈log₂(100 / 1e-6)⌉ halvings of the range of biases.
    for (const id of ['names-only', 'bias-hides'] as const) {
      expect(cost(id)).toMatchObject({ calls: 1 + 199 * 28, seen: 1, found: 12, callsToFind: 13 * (1 + 199 * 28) })
      expect(cost(id).error).toBeLessThan(1e-6)
    }
  })

  it('top 1 only: 1 + 199 · 8 calls, and the same d', () => {
    expect(cost('top-1')).toMatchObject({ calls: 1 + 199 * 8, seen: 1, found: 12 })
  })

  it('rounding to one decimal: no more calls, an error of at most 1.5 steps, and the same d', () => {
    expect(cost('rounding')).toMatchObject({ calls: 50, found: 12 })
    expect(cost('rounding').error).toBeLessThan(0.15)
    expect(cost('rounding').error).toBeGreaterThan(0.05)
  })

  it('noise of 0.1 nats: no more calls, errors of a few tenths, and no certificate', () => {
    // Three normal errors add up: σ√3, of which the largest of 200 lies within 5.
    expect(cost('noise').error).toBeLessThan(5 * Math.sqrt(3) * 0.1)
    expect(cost('noise').error).toBeGreaterThan(0.1)
    expect(cost('noise').tilt).toBeGreaterThan(0.1)
  })
})

describe('verdicts under errors', () => {
  it('are open rather than wrong at a noise of 0.3: no changed model counts as unchanged', async () => {
    const { suspects } = await run({ guards: ['noise'], noise: 0.3 })
    expect(suspects!.filter(({ imageChanged }) => imageChanged === 'no')).toEqual([])
    const verdictOf = (id: string) => suspects!.find((each) => each.id === id)!.imageChanged
    expect(['same', 'prompt', 'lora-below'].map(verdictOf)).toEqual(['unclear', 'unclear', 'unclear'])
    expect(suspects!.every(({ rankChange }) => Number.isNaN(rankChange))).toBe(true)
  })

  it('say "at least" where a direction may be hidden', async () => {
    const result = await run({ guards: ['noise'], noise: 0.3, collected: 24, step: 'count' })
    expect(result.values['certain']).toBe('no')
    expect(result.sentence).toContain('at least')
  })

  it('are words in a text, never NaN: no formula where none applies, nothing known, nothing found, an output with gaps', async () => {
    const named = (await run({ guards: ['names-only'] })).values
    for (const name of ['errorTopK', 'backTopK', 'errorAnchored', 'backAnchored', 'errorOneToken', 'backOneToken'])
      expect(named[name]).toBe('not defined')
    expect((await run({ asked: [] })).values['error']).toBe('unknown')
    const hidden = await run({ guards: ['no-bias'], collected: 24, step: 'compare' })
    expect(hidden.values['guards']).toMatchObject({ 'no-bias': { foundD: 'not found', callsToFind: 'not found' } })
    expect(hidden.sentence).toBe(
      'There is no image to compare with: without a bias 5 of 200 log-probabilities of an output are seen. Switch the guard “no logit bias” off.',
    )
    // Eight tokens under a bias of 5: some stay behind the unbiased ones and do not come back.
    const gaps = {
      vocabulary: 60,
      hidden: 5,
      outputs: 9,
      top: 8,
      bias: 5,
      decimals: 2,
      sharpness: 1,
      seed: 8,
      suspect: 'other',
    } as const
    const { values, sentence } = await run({ ...gaps, step: 'compare', collected: 9 })
    expect(values).toMatchObject({ suspectResidual: 'unknown', suspects: { other: { residual: 'unknown' } } })
    expect(sentence).toContain('its output did not come back whole')
    expect(JSON.stringify([named, hidden.values, values, sentence])).not.toMatch(/NaN|null/)
  })

  it('without a bias there is no image, no signature and no wrong number', async () => {
    const { suspects, stability, values, sentence } = await run({ guards: ['no-bias'], collected: 24, step: 'count' })
    expect([suspects, stability, values['foundD']]).toEqual([null, null, 'not yet'])
    expect(sentence).toBe(
      '24 outputs of the emulated API, 24 calls: not one came back whole, so nothing can be counted.',
    )
  })
})

describe('the play', async () => {
  const result = await run({})
  const at = (patch: Parameters<typeof experimentOf>[0]) => inWords(experimentOf(patch), result)

  it('knows 5 tokens after the plain call, 4 more after each move, all after 50, whatever their order', () => {
    expect(at({ asked: [] }).values['seen']).toBe(0)
    expect(at({ asked: [0] }).values['seen']).toBe(5)
    expect(at({ asked: [0, 7] }).values).toMatchObject({ seen: 9, calls: 2 })
    const all = [0, ...Array.from({ length: 49 }, (_, i) => 49 - i)]
    expect(at({ asked: all }).values).toMatchObject({ seen: 200, calls: 50 })
    expect(at({ asked: [0, 999] }).values['seen']).toBe(5)
  })

  it('finds nothing before the 13th output, and 12 then', () => {
    expect(at({ collected: 12 }).values).toMatchObject({ rank: 12, foundD: 'not yet', outputsNeeded: 13 })
    expect(at({ collected: 13 }).values).toMatchObject({ rank: 12, foundD: 12, certain: 'yes', calls: 650 })
    expect(at({ collected: 60 }).values['collected']).toBe(24)
  })

  it('counts dollars at the price that is set, and the calls of the golden table for a large model', () => {
    const { costGpt35 } = golden<{ costGpt35: { rows: { formula: string; callsForImage: number }[] } }>('api')
    const { callsForImage } = costGpt35.rows.find(({ formula }) => formula === 'V/(k-1)')!
    expect(at({ collected: 13, rebuilt: 3, price: 2 }).values).toMatchObject({
      calls: 653,
      dollars: 1.306,
      large: { calls: callsForImage, dollars: callsForImage * 0.002 },
    })
  })

  it('says what a suspect is by its outputs and its image', () => {
    expect(at({ step: 'compare', suspect: 'lora' }).sentence).toMatch(
      /^LoRA on the output layer: the outputs changed, the image changed .* its outputs add 2 directions\.$/,
    )
    expect(at({ step: 'compare', suspect: 'same' }).sentence).toMatch(/outputs did not change, the image did not/)
  })

  it('shows the first output before the formulas are tried, and everything at the end', async () => {
    const all = await results({ vocabulary: 400, hidden: 20, outputs: 24 })
    expect(all[0]).toMatchObject({ stability: null, campaign: null, suspects: null, guardCosts: null })
    expect(all[0]!.values).toMatchObject({ seen: 5, errorTopK: '…' })
    expect(all.at(-1)!.stability!.anchored).toHaveLength(20)
    expect([all.at(-1)!.suspects?.length, all.at(-1)!.guardCosts?.length]).toEqual([6, 7])
    // Parts only grow.
    const sizes = all.map(({ stability, suspects, guardCosts }) =>
      [stability?.anchored, suspects, guardCosts].reduce((sum, list) => sum + (list?.length ?? 0), 0),
    )
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
  })

  it('stops when told to', async () => {
    const controller = new AbortController()
    await expect(run({}, controller.signal, () => controller.abort())).rejects.toThrow(/abort/i)
  })
})

describe('an experiment that cannot be', () => {
  const problem = (fields: object) => schemaProblems(safeParse(schema, fields).issues ?? []).join(' ')

  it.each([
    [{ vocabulary: 20, hidden: 19 }, 'hidden: hidden must be below vocabulary − 1, or the outputs fill their space.'],
    [{ top: 0 }, 'top: top must be a whole number from 1 to 20.'],
    [{ guards: ['noise', 'noise'] }, 'guards: guards must not name one twice.'],
    [{ asked: [3] }, 'asked: asked must begin with 0, the plain call.'],
    [{ price: 0 }, 'price: price must be above 0.'],
    [{ bias: 400 }, 'bias: bias must be from 1 to 100.'],
  ])('%o is refused with words', (fields, words) => {
    expect(problem(fields)).toBe(words)
  })
})
